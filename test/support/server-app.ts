import { installFunctionTable, type TableEntry } from '../../src/flight/function-table.ts'
import { installKeyRing, register } from '../../src/flight/server-functions.ts'
import { createMatcher } from '../../src/routes/matcher.ts'
import { ruleBook } from '../../src/routes/path-rules.ts'
import { scanRoutes } from '../../src/routes/scan-routes.ts'
import type { App, RouteFiles } from '../../src/server/app.ts'
import type { ServerConfig, SiteConfig } from '../../src/server/config.ts'
import type { Handler } from '../../src/server/exchange.ts'
import { createHandler } from '../../src/server/handler.ts'
import { createLifecycle } from '../../src/server/lifecycle.ts'
import { createLoadGauge } from '../../src/server/load-gauge.ts'
import type { LogEvent } from '../../src/server/log.ts'
import { createStampSource } from '../../src/server/stamp-source.ts'
import { createSubmissions } from '../../src/server/submission.ts'
import { createTickets } from '../../src/server/tickets.ts'
import { htmlStandIn } from './html-stand-in.ts'
import { appConfig, serverConfig } from './server-config.ts'

/** The modules of `app/`, by path. */
export type Modules = Record<string, Record<string, unknown> | undefined>

export type Setup = {
  modules?: Modules
  /** The server functions, by id. */
  functions?: Record<string, (...args: never) => unknown>
  /** What a build knows of the metadata files. */
  metadata?: App['metadata']
  config?: Partial<ServerConfig>
  site?: Partial<SiteConfig>
  /** The module of its `middleware.ts`. */
  middleware?: Record<string, unknown>
  /** What regions render, by name. */
  components?: Record<string, unknown>
  isDevelopment?: boolean
  /** Whether its browsers send calls together. */
  isBatched?: boolean
  onRequestError?: App['onRequestError']
  /** Ids of an older key, each with the id that the build gave. */
  otherIds?: Record<string, string>
}

export type ServerApp = { app: App; handler: Handler; logged: LogEvent[] }

const Layout = ({ children }: { children?: unknown }): unknown => children

/** An app without a build: routes, modules and functions as Vite would have bundled them. */
export function createServerApp(setup: Setup = {}): ServerApp {
  const modules = withoutGaps({ 'layout.tsx': { default: Layout }, ...setup.modules })
  const logged: LogEvent[] = []
  const functions = createTable(setup)
  installFunctionTable(functions)
  const secrets = ['the secret of the tests']
  installKeyRing(secrets)
  const submissions = createSubmissions()
  const config = { ...serverConfig, ...setup.config }
  const { middleware } = setup
  const site = { ...appConfig.site, ...setup.site }
  const app: App = {
    match: createMatcher(scanRoutes(Object.keys(modules))),
    files: loadersOf(modules),
    rules: ruleBook(site.rules),
    middleware: middleware ? { file: 'middleware.ts', load: async () => middleware } : null,
    metadata: setup.metadata ?? {},
    functions,
    components: new Map(Object.entries(setup.components ?? {}).map(componentEntry)),
    config: { ...appConfig, server: config, site },
    isDevelopment: setup.isDevelopment ?? false,
    log: (event) => logged.push(event),
    onRequestError: setup.onRequestError ?? null,
    stamps: createStampSource(),
    load: createLoadGauge(config),
    submissions,
    tickets: setup.isBatched ? createTickets(secrets, submissions) : null,
    lifecycle: createLifecycle(),
    html: async () => htmlStandIn,
  }
  return { app, handler: createHandler(app), logged }
}

function componentEntry([name, component]: [string, unknown]): [string, TableEntry] {
  return [name, { name, load: async () => component }]
}

/** A test takes away the root layout by giving `undefined` for it. */
function withoutGaps(modules: Modules): Record<string, Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(modules).flatMap(([file, module]) => (module ? [[file, module]] : [])),
  )
}

function loadersOf(modules: Record<string, Record<string, unknown>>): RouteFiles {
  return Object.fromEntries(
    Object.entries(modules).map(([file, module]) => [file, async () => ({ module, css: null })]),
  )
}

function createTable({ functions = {}, otherIds = {} }: Setup): App['functions'] {
  const entries = new Map<string, TableEntry>()
  for (const [id, fn] of Object.entries(functions)) {
    const name = `app/functions.ts#${id}`
    entries.set(id, { name, load: async () => register(fn, id, name) })
  }
  const known = new Map(Object.entries(otherIds))
  return { get: (id) => entries.get(known.get(id) ?? id) }
}
