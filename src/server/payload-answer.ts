import { createContext, type RequestContext, runInContext } from '../context/request-context.ts'
import { renderFlight } from '../flight/render.ts'
import {
  buildHeader,
  decodeMounted,
  mountedHeader,
  payloadType,
  regionsHeader,
} from '../wire/header.ts'
import { untrackedLayouts } from './affected.ts'
import { afterAnswer } from './after-answer.ts'
import type { App } from './app.ts'
import { earlierPages } from './earlier-pages.ts'
import { headerOf, type ServerAnswer, type ServerRequest } from './exchange.ts'
import { answerPage } from './kept-page.ts'
import { pageContext } from './page-context.ts'
import type { PagePlan } from './page-plan.ts'
import { allRegions } from './plan-path.ts'
import { planTarget } from './plan-target.ts'
import { Refusal } from './refusal.ts'
import { renderRegions } from './regions-answer.ts'
import { contextHeaders } from './settle.ts'
import type { Target } from './target.ts'
import { trackedElements } from './tracked-elements.ts'

/** What only this visitor may see, and only now. */
export const privateHeaders: [string, string][] = [
  ['cache-control', 'private, no-store'],
  ['x-content-type-options', 'nosniff'],
]

/** Of a payload that was made in this context. */
export function payloadHeaders(context: RequestContext): ServerAnswer['headers'] {
  return [['content-type', payloadType], ...privateHeaders, ...contextHeaders(context)]
}

/** A page for a browser that shows another one: the regions that it lacks. */
export async function answerPayload(
  app: App,
  request: ServerRequest,
  target: Target,
): Promise<ServerAnswer> {
  if (isOutdated(app, request)) return outdatedAnswer(app)
  const plan = await planTarget(app, target, await earlierPages(app, request))
  if (!plan) throw new Refusal('not-found', 'A route handler has no payload')
  if (request.headers[regionsHeader] !== undefined) return answerTracked(app, request, plan)
  const mounted = decodeMounted(headerOf(request.headers, mountedHeader))
  const known = allRegions(plan).flatMap(({ link }) => (mounted.has(link.id) ? [link.id] : []))
  const render = async (context: RequestContext): Promise<ServerAnswer> => {
    const { status, body } = await renderRegions({ app, request, context, plan, mounted, rest: {} })
    return { status, headers: payloadHeaders(context), body }
  }
  return answerPage({ app, request, plan, variant: `payload without ${known.join(' ')}`, render })
}

/**
 * Tracked regions of a page, for a browser that shows it. Layouts that do not say what they depend on run as
 * guards. Where one cannot be rendered alone, it is the page as a whole.
 */
async function answerTracked(
  app: App,
  request: ServerRequest,
  plan: PagePlan,
): Promise<ServerAnswer> {
  const { pathname } = plan.target
  const context = createContext('render', pathname, request)
  const tracked = plan.status === 200 ? await trackedElements(app, request, pathname) : null
  const untracked = () => untrackedLayouts(plan)
  const guards = await runInContext(pageContext(context, plan), untracked)
  const part = tracked && { files: nothing, guards, tracked }
  const place = { app, request, context, plan, mounted: nothing }
  const { status, body } = await renderRegions({ ...place, part, rest: {} })
  return { status, headers: payloadHeaders(context), body, onFinish: afterAnswer(app, context) }
}

const nothing: ReadonlySet<string> = new Set()

/** Was the page in the browser made by another build? Then it must never get our elements. */
export function isOutdated(app: App, request: ServerRequest): boolean {
  const build = headerOf(request.headers, buildHeader)
  return build !== undefined && build !== app.config.build
}

function outdatedAnswer(app: App): ServerAnswer {
  const payload = { build: app.config.build, stamp: app.stamps(), outdated: true }
  const body = renderFlight(payload, { onError: () => '' })
  return { status: 200, headers: [['content-type', payloadType], ...privateHeaders], body }
}
