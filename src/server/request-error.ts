import type { IncomingHeaders } from '../context/request-context.ts'
import type { RouteMatch } from '../routes/match-route.ts'
import { routePath } from '../routes/route-path.ts'
import { callHeader } from '../wire/header.ts'
import { pageHref } from '../wire/payload-path.ts'
import type { App } from './app.ts'
import type { ServerRequest } from './exchange.ts'
import type { ErrorSource, LogEvent } from './log.ts'
import { withoutBase } from './site-path.ts'
import { parseTarget } from './target.ts'

/**
 * `onRequestError` of an app's `instrumentation.ts`: told of every error of a page, a route handler
 * or a server function. The server does not wait for what it returns before it answers.
 */
export type OnRequestError = (
  error: DigestError,
  request: Readonly<ErrorRequest>,
  context: Readonly<ErrorContext>,
) => unknown

/** What is known of the request: `path` has its search parameters, names of headers are lower-case. */
export type ErrorRequest = { path: string; method: string; headers: IncomingHeaders }

export type ErrorContext = {
  routerKind: 'App Router'
  /** The route's pattern: `/posts/[id]`. */
  routePath: string
  routeType: NonNullable<ErrorSource['routeType']>
  /** What of a page was being made; only of a page. */
  renderSource?: NonNullable<ErrorSource['renderSource']>
  /** `stale`: the page was made again in the background. */
  revalidateReason: ErrorSource['revalidateReason'] | undefined
}

type ErrorEvent = Extract<LogEvent, { kind: 'error' }>

/** Tells the app of an error that was logged. What goes wrong with that is logged, and no more. */
export function tellRequestError(app: App, request: ServerRequest, event: ErrorEvent): void {
  const { onRequestError, lifecycle, log } = app
  if (!onRequestError) return
  const tell = async (): Promise<void> => {
    try {
      const { error, digest } = event
      await onRequestError(
        withDigest(error, digest),
        requestOf(request, app),
        contextOf(app, request, event),
      )
    } catch (error) {
      log({ kind: 'error', error, digest: 'none', where: 'onRequestError() of instrumentation' })
    }
  }
  lifecycle.track(tell())
}

/** Anything can be thrown, also what takes no properties: then it is the cause of what is told. */
function withDigest(error: unknown, digest: string): DigestError {
  if (error instanceof Error) {
    const property = { value: digest, configurable: true, writable: true }
    const hasDigest = hasOwnDigest(error) || Reflect.defineProperty(error, 'digest', property)
    if (hasDigest) return error as DigestError
  }
  return Object.assign(new Error(textOf(error), { cause: error }), { digest })
}

type DigestError = Error & { digest: string }

function hasOwnDigest(error: Error): boolean {
  return 'digest' in error && typeof error.digest === 'string' && error.digest !== ''
}

function textOf(thrown: unknown): string {
  try {
    return thrown instanceof Error ? thrown.message : String(thrown)
  } catch {
    return 'Something was thrown that has no text'
  }
}

function requestOf({ target, method, headers }: ServerRequest, app: App): ErrorRequest {
  const path = pageHref(target, app.config.site.basePath) ?? target
  return { path, method, headers }
}

function contextOf(app: App, request: ServerRequest, { source = {} }: ErrorEvent): ErrorContext {
  const { path } = requestOf(request, app)
  const asked = parseTarget(path)
  const own = asked && withoutBase(asked, app.config.site)
  const match = app.match(own?.pathname ?? path)
  const { routeType = defaultType(request, match), renderSource } = source
  return {
    routerKind: 'App Router',
    routePath:
      match.kind === 'none' ? '/_not-found' : routePath(match.nodes.at(-1)?.node.dir ?? ''),
    routeType,
    ...(renderSource ? { renderSource } : {}),
    revalidateReason: source.revalidateReason,
  }
}

/** Of what failed before its place was known, as a module that does not load. */
function defaultType({ headers }: ServerRequest, { kind }: RouteMatch): ErrorContext['routeType'] {
  if (headers[callHeader] !== undefined) return 'action'
  return kind === 'handler' ? 'route' : 'render'
}
