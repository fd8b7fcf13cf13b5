import { tellInvalidations } from '../cache/tell-invalidations.ts'
import { alsoAtOnce } from '../context/at-once.ts'
import { createContext, runInContext } from '../context/request-context.ts'
import type { RouteMatch } from '../routes/match-route.ts'
import { controlFlowOf, type ControlFlow } from '../wire/control-flow.ts'
import { afterAnswer } from './after-answer.ts'
import type { App } from './app.ts'
import { errorAnswer } from './error-answer.ts'
import type { ServerAnswer, ServerRequest } from './exchange.ts'
import { interruptionStatus } from './interruption-status.ts'
import { load } from './load-route.ts'
import { metadataHandler } from './metadata-handler.ts'
import { reportError } from './report-error.ts'
import { publicUrl } from './public-url.ts'
import { redirectTarget } from './redirect-target.ts'
import { responseAnswer } from './response-answer.ts'
import { contextHeaders } from './settle.ts'
import { withBase } from './site-path.ts'
import { listingOf, type ListingModule } from './static-params.ts'
import type { Target } from './target.ts'
import { VolleyRequest } from './volley-request.ts'

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

type RouteHandler = (request: VolleyRequest, context: { params: Promise<unknown> }) => unknown

export type HandlerRequest = {
  app: App
  request: ServerRequest
  match: RouteMatch
  target: Target
}

/** Runs the function of a `route` file that is exported under the name of the request's method. */
export async function answerRouteHandler(handled: HandlerRequest): Promise<ServerAnswer> {
  const { app, request, match, target } = handled
  const { site } = app.config
  const asked = withBase(target, site)
  const { metadata } = match
  const file = metadata?.file.path ?? match.nodes.at(-1)?.node.files.route ?? ''
  const loaded = await load(app, file)
  const module = metadata ? metadataHandler(metadata, loaded.module) : loaded.module
  if (await isRefused(handled, { file, module: loaded.module })) {
    return { status: 404, headers: [], body: null }
  }
  const handler = handlerFor(request.method, module)
  if (!handler) return methodAnswer(request.method, module)
  const where = `app/${file}`
  const context = createContext('handler', where, request)
  const run = async (): Promise<ServerAnswer> => {
    const visit = new VolleyRequest(request.web(publicUrl(request, asked, app.config)), {
      nextConfig: site,
    })
    const response = await handler(visit, { params: alsoAtOnce(() => match.params) })
    assertResponse(response, file)
    return responseAnswer(response)
  }
  const answer = await runInContext(context, run).catch((error: unknown) => {
    const flow = controlFlowOf(error)
    return flow ? flowAnswer(flow, handled) : errorAnswer(error, app.log, where)
  })
  await tellInvalidations(context)
  // The headers are made now: a cookie that is set later would be lost.
  context.phase = 'after'
  return {
    ...answer,
    headers: [...answer.headers, ...cacheHeaders(answer), ...contextHeaders(context)],
    onFinish: afterAnswer(app, context),
    onBodyError: (error) => reportError(error, app.log, where),
  }
}

/** Nothing of a handler is kept, so what it lists only matters where it says that there is no more. */
async function isRefused(
  { app, match: { nodes } }: HandlerRequest,
  handler: Omit<ListingModule, 'depth'>,
): Promise<boolean> {
  if (handler.module['dynamicParams'] !== false) return false
  const modules = [{ ...handler, depth: nodes.length - 1 }]
  return (await listingOf(app, { nodes, modules })) === 'refused'
}

/**
 * A handler may have read the visitor's cookies from its request, unseen: what it made of them is
 * for nobody else, unless it says otherwise.
 */
function cacheHeaders({ headers }: ServerAnswer): [string, string][] {
  const hasOwn = headers.some(([name]) => name === 'cache-control')
  return hasOwn ? [] : [['cache-control', 'private, no-store']]
}

/** HEAD is answered by GET without its body, where the file exports no HEAD. */
function handlerFor(method: string, module: Record<string, unknown>): RouteHandler | null {
  if (!methods.includes(method)) return null
  const handler = module[method] ?? (method === 'HEAD' ? module['GET'] : undefined)
  return typeof handler === 'function' ? (handler as RouteHandler) : null
}

function methodAnswer(method: string, module: Record<string, unknown>): ServerAnswer {
  const allowed = methods.filter((name) => handlerFor(name, module)).join(', ')
  const status = method === 'OPTIONS' ? 204 : 405
  return { status, headers: [['allow', allowed]], body: null }
}

function assertResponse(value: unknown, file: string): asserts value is Response {
  if (value instanceof Response) return
  throw new TypeError(
    `app/${file} must return a Response, as in Response.json({ ok: true }), but returned ${typeof value}.`,
  )
}

/** A redirect after anything but a GET must be followed by a GET. */
function flowAnswer(flow: ControlFlow, { app, request, target }: HandlerRequest): ServerAnswer {
  if (flow.kind !== 'redirect') {
    return { status: interruptionStatus[flow.kind], headers: [], body: null }
  }
  const isGet = request.method === 'GET' || request.method === 'HEAD'
  const site = { config: app.config, headers: request.headers }
  const { to } = redirectTarget(flow.to, target, site)
  const status = isGet ? (flow.permanent ? 308 : 307) : 303
  return { status, headers: [['location', to]], body: null }
}
