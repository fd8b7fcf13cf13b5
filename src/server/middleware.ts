import { createContext, runInContext, type RequestContext } from '../context/request-context.ts'
import { ruleMatcher, type PathRule, type Visit } from '../routes/path-rule.ts'
import { controlFlowOf } from '../wire/control-flow.ts'
import type { App } from './app.ts'
import { type ServerRequest, webHeaders } from './exchange.ts'
import { interruptionStatus } from './interruption-status.ts'
import { decisionOf, type Decision } from './middleware-decision.ts'
import { askedHeaders } from './middleware-headers.ts'
import { MiddlewareRequest } from './middleware-request.ts'
import { publicUrl } from './public-url.ts'
import { isRefusal, Refusal } from './refusal.ts'
import { reportError } from './report-error.ts'
import type { Target } from './target.ts'
import type { VolleyRequest } from './volley-request.ts'

/**
 * The function of an app's `middleware` or `proxy` file. What it returns says what becomes of the
 * request: a redirect; `next()` or `rewrite()` of `VolleyResponse`; nothing, which lets it go on; any
 * other response is the answer.
 */
export type Middleware = (
  request: VolleyRequest,
  event: MiddlewareEvent,
) => MiddlewareResult | Promise<MiddlewareResult>

// oxlint-disable-next-line typescript/no-invalid-void-type -- A function without a return statement.
export type MiddlewareResult = Response | null | undefined | void

export type MiddlewareEvent = {
  readonly request: VolleyRequest
  readonly sourcePage: string
  /** Work that goes on when the answer was sent. */
  waitUntil: (work: Promise<unknown>) => void
}

/** The export `config` of the same file. */
export type MiddlewareConfig = {
  /** For which paths it runs: patterns such as `/posts/:id`. Default: for all but files. */
  matcher?: string | PathRule | (string | PathRule)[]
  /** As Next.js has it. Without effect. */
  runtime?: string
}

/** The app's `middleware` or `proxy` file. */
export type MiddlewareFile = {
  /** Relative to the root of the app. */
  file: string
  load: () => Promise<Record<string, unknown>>
}

export type MiddlewareRun = { decision: Decision; context: RequestContext }

type Visited = {
  /** With the base path. */
  seen: Target
  visit: Visit
  /** Without it, which is what matchers know; `null` where the path is outside of the app. */
  own: Target | null
}

/** What middleware may read of a body, in bytes: as much as Next.js lets it. */
const bodyLimit = 10 * 1024 * 1024

/** Runs the app's middleware for a request, if its matcher says so. */
export async function runMiddleware(
  app: App,
  request: ServerRequest,
  { seen, visit, own }: Visited,
): Promise<MiddlewareRun | null> {
  if (!app.middleware || !own) return null
  const { file } = app.middleware
  const { run, matches } = await loadMiddleware(app.middleware)
  if (!matches({ ...visit, pathname: own.pathname })) return null
  // The Fetch standard has no such request, and nothing of an app answers one.
  if (request.method === 'TRACE') throw new Refusal('method', 'Nothing answers TRACE')
  const { basePath } = app.config.site
  const url = publicUrl(request, seen, app.config)
  const asked = { ...request, headers: askedHeaders(request.headers) }
  const context = createContext('middleware', file, asked)
  const init = {
    method: request.method,
    headers: webHeaders(asked.headers),
    signal: request.signal(),
    nextConfig: { basePath },
  }
  const read = async () => new Uint8Array(await request.bytes(bodyLimit))
  const visitor = new MiddlewareRequest(url, init, read)
  const event = {
    request: visitor,
    sourcePage: file,
    waitUntil(work: Promise<unknown>) {
      context.after.push(() => work)
    },
  }
  const work = async () => responseOf(await run(visitor, event), file)
  const response = await runInContext(context, work).catch((error: unknown) => {
    const answer = flowResponse(error)
    if (answer) return answer
    throw isRefusal(error) ? error : reported(error, app, file)
  })
  context.phase = 'after'
  return { decision: decisionOf(response, { url, file }), context }
}

/** Whoever answers for an error only reports what is no news, which it knows by the object. */
function reported(error: unknown, app: App, file: string): object {
  const isObject = typeof error === 'object' && error !== null
  const thrown = isObject ? error : new Error(`${file} threw no error`, { cause: error })
  reportError(thrown, app.log, { where: file, routeType: 'proxy' })
  return thrown
}

/** `redirect()`, or `notFound()`, is as good as a response that says so. */
function flowResponse(error: unknown): Response | null {
  const flow = controlFlowOf(error)
  if (!flow) return null
  if (flow.kind !== 'redirect') return new Response(null, { status: interruptionStatus[flow.kind] })
  return new Response(null, { status: flow.permanent ? 308 : 307, headers: { location: flow.to } })
}

function responseOf(value: unknown, file: string): Response | null {
  if (value instanceof Response) return value
  if (value === undefined || value === null) return null
  throw new TypeError(
    `${file} must return a Response, NextResponse.next() or nothing, but returned ${typeof value}.`,
  )
}

type LoadedMiddleware = { run: Middleware; matches: (visit: Visit) => boolean }

const loaded = new WeakMap<object, LoadedMiddleware>()

async function loadMiddleware({ file, load }: MiddlewareFile): Promise<LoadedMiddleware> {
  const module = await load()
  const known = loaded.get(module)
  if (known) return known
  const { proxy, middleware, default: byDefault, config } = module
  const run = proxy ?? middleware ?? byDefault
  if (typeof run !== 'function') {
    throw new TypeError(
      `${file} must export a function named "proxy" or "middleware", or by default, and exports ${Object.keys(module).join(', ') || 'nothing'}.`,
    )
  }
  const made = { run: run as Middleware, matches: matcherOf(config, file) }
  loaded.set(module, made)
  return made
}

function matcherOf(config: unknown, file: string): LoadedMiddleware['matches'] {
  const { matcher } = Object(config) as MiddlewareConfig
  if (matcher === undefined) return () => true
  const rules = [matcher].flat().map((item) => {
    const rule = typeof item === 'string' ? { source: item } : item
    try {
      return ruleMatcher(rule)
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause)
      const message = `The matcher ${JSON.stringify(item)} of ${file} is no pattern: ${reason}`
      throw new TypeError(message, { cause })
    }
  })
  return (visit) => rules.some((match) => match(visit))
}
