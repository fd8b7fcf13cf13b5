import {
  components as builtComponents,
  config as builtConfig,
  files as modules,
  functions as built,
  instrumentation,
  metadata,
  middleware,
  routes,
} from 'virtual:volley/app'
import type { Redis } from 'ioredis'
import { installFetch } from '../cache/cached-fetch.ts'
import { installCache } from '../cache/installed.ts'
import { installProfiles } from '../cache/life.ts'
import { installDraftMode } from '../context/draft-mode.ts'
import { cachedCall } from '../flight/cached-call.ts'
import { installFunctionTable, type FunctionTable } from '../flight/function-table.ts'
import { installKeyRing } from '../flight/server-functions.ts'
import { createMatcher } from '../routes/matcher.ts'
import { ruleBook } from '../routes/path-rules.ts'
import { withAllowedOrigins } from '../server/allowed-origins.ts'
import type { App } from '../server/app.ts'
import type { Handler } from '../server/exchange.ts'
import { createHandler } from '../server/handler.ts'
import type { HtmlRenderer } from '../server/html-renderer.ts'
import { startInstrumentation } from '../server/instrumentation.ts'
import { createLifecycle, type Lifecycle } from '../server/lifecycle.ts'
import { createLoadGauge } from '../server/load-gauge.ts'
import type { Log } from '../server/log.ts'
import { once } from '../server/once.ts'
import { reportError } from '../server/report-error.ts'
import { createStampSource } from '../server/stamp-source.ts'
import { createSubmissions } from '../server/submission.ts'
import { createTickets } from '../server/tickets.ts'
import { fileHeaders, type FileRequest } from '../server/visit.ts'
import { createMemoryStore } from '../store/memory-store.ts'
import { createRedisStore } from '../store/redis-store.ts'

const loadHtml = (): Promise<HtmlRenderer> => import.meta.viteRsc.loadModule('ssr', 'index')

/** To import a module once more leaves garbage where only full collections look. */
const keepHtml = (): Promise<HtmlRenderer> => once(loadHtml, loadHtml)

export type BootOptions = {
  /** The key ring, newest first. */
  secrets: readonly string[]
  /** Ids that older keys of the ring give to functions, each with the build's own id. */
  otherIds?: ReadonlyMap<string, string>
  isDevelopment?: boolean
  /** In development, where modules come and go: the tables of the dev server. */
  functions?: FunctionTable
  components?: App['components']
  /** What all instances share their cache and the keys of submissions through. */
  redis?: Redis
  /** Hosts whose pages may call, beside those of the options. */
  allowedOrigins?: readonly string[]
  log: Log
}

const stamps = createStampSource()

/** The app, ready to serve, and what ends it. */
export type BootedServer = {
  handler: Handler
  lifecycle: Lifecycle
  /** What whoever serves files must know. */
  files: {
    basePath: string
    headersFor: ((request: FileRequest) => [string, string][]) | null
  }
}

/** In development the process compiles what it serves, and is late for that. */
const unlimited = { maxCalls: Infinity, maxDelay: Infinity }

/**
 * Where Vite starts the graph of the server: makes the handler of the app that was built with it.
 * @throws InstrumentationError
 */
export async function boot(options: BootOptions): Promise<BootedServer> {
  const { secrets, otherIds, isDevelopment = false, functions = built, redis, log } = options
  const { components = builtComponents } = options
  const config = withAllowedOrigins(builtConfig, options.allowedOrigins ?? [])
  const table = {
    get: (id: string) => functions.get(otherIds?.get(id) ?? id),
  }
  installKeyRing(secrets, otherIds)
  installFunctionTable(table)
  installDraftMode(secrets, { isDevelopment })
  const lifecycle = createLifecycle()
  const reportRedis = (error: unknown): void => void reportError(error, log, 'Redis')
  const track = (work: Promise<void>): void => lifecycle.track(work)
  const { maxSize, profiles } = config.cache
  installProfiles(profiles)
  installFetch()
  installCache({
    store: redis
      ? createRedisStore({ redis, maxSize, report: reportRedis })
      : createMemoryStore({ maxSize }),
    callOf: cachedCall,
    build: config.build,
    report: (error, name) => void reportError(error, log, name),
    track,
  })
  const rules = ruleBook(config.site.rules)
  const submissions = createSubmissions(redis && { redis, report: reportRedis, track })
  const handler = createHandler({
    match: createMatcher(routes),
    files: modules,
    metadata,
    rules,
    middleware,
    functions: table,
    components,
    config,
    isDevelopment,
    log,
    onRequestError: await startInstrumentation(instrumentation),
    stamps,
    load: createLoadGauge(isDevelopment ? unlimited : config.server),
    submissions,
    tickets: config.isBatched ? createTickets(secrets, submissions) : null,
    lifecycle,
    html: isDevelopment ? loadHtml : keepHtml,
  })
  const hasHeaders = config.site.rules.headers.length > 0
  const files = {
    basePath: config.site.basePath,
    headersFor: hasHeaders ? (request: FileRequest) => fileHeaders(rules, request) : null,
  }
  return { handler, lifecycle, files }
}

import.meta.hot?.accept()
