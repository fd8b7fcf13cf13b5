import { runInContext, type RequestContext } from '../context/request-context.ts'
import type { DecodedArguments } from '../flight/decode.ts'
import { plainRow } from '../flight/plain-row.ts'
import { renderFlight, type FlightStream } from '../flight/render.ts'
import type { Outcome } from '../wire/outcome.ts'
import type { Payload } from '../wire/payload.ts'
import { affectedFiles, otherLayouts, type PagePart } from './affected.ts'
import type { App } from './app.ts'
import type { ServerRequest } from './exchange.ts'
import { interruptionStatus } from './interruption-status.ts'
import type { Ending } from './invoke.ts'
import { lateTags } from './late-tags.ts'
import { type Landing, landingOf } from './landing.ts'
import { isOutdated } from './payload-answer.ts'
import { pageContext } from './page-context.ts'
import type { EarlierPage } from './page-name.ts'
import type { PagePlan } from './page-plan.ts'
import { planTarget } from './plan-target.ts'
import { redirectTarget } from './redirect-target.ts'
import { hasSameRoot, renderRegions } from './regions-answer.ts'
import { reportError, type ErrorPlace } from './report-error.ts'
import { droppedPages } from './settle.ts'
import { shownError } from './shown-error.ts'
import type { Target } from './target.ts'
import { trackedElements, type TrackedElement } from './tracked-elements.ts'

/** A call whose function has run. */
export type SettledCall = {
  app: App
  request: ServerRequest
  target: Target
  /** The pages that the browser still shows something of. */
  earlier: readonly EarlierPage[]
  context: RequestContext
  decoded: DecodedArguments
  ending: Ending
  /** Whether the page belongs into its answer, if the browser can show it. */
  hasUi: boolean
}

export type CallAnswer = { status: number; body: string | FlightStream; regions: number }

const statuses: Readonly<Record<Outcome['kind'], number>> = {
  ...interruptionStatus,
  value: 200,
  redirect: 200,
  error: 500,
}

/**
 * The answer of a call: its outcome, and the page where that has to be rendered. The function has
 * run, so its caller learns what it ended in whatever the page does, and that it failed to be told
 * where even that cannot be sent.
 */
export async function settledAnswer(settled: SettledCall): Promise<CallAnswer> {
  const { app, target, ending, hasUi } = settled
  const status = statuses[ending.kind]
  try {
    const rest = restOf(settled)
    const isAlone = rest.outdated === true || !hasUi
    const body = isAlone ? valueAnswer(settled, rest) : await pageAnswer(settled, rest)
    return { ...body, status }
  } catch (error) {
    const failed: SettledCall = { ...settled, ending: { kind: 'error', error } }
    reportError(error, app.log, target.pathname)
    return { ...valueAnswer(failed, { outcome: outcomeOf(failed) }), status: 500 }
  }
}

/** What the answer says besides its regions: also all that it says where it has none. */
type Rest = { outcome: Outcome } & Pick<Payload<never>, 'dropped' | 'outdated'>

function restOf(settled: SettledCall): Rest {
  const dropped = droppedPages(settled.context)
  return {
    outcome: outcomeOf(settled),
    ...(dropped ? { dropped } : {}),
    ...(isOutdated(settled.app, settled.request) ? { outdated: true } : {}),
  }
}

type CallBody = Omit<CallAnswer, 'status'>

async function pageAnswer(settled: SettledCall, rest: Rest): Promise<CallBody> {
  const { app, request, target, decoded, ending } = settled
  const { temporaryReferences } = decoded
  try {
    const { to, plan, context: landed } = await landingOfCall(settled, rest.outcome)
    const outcome = rest.outcome.kind === 'redirect' ? { ...rest.outcome, to } : rest.outcome
    const own = { ...rest, outcome }
    if (!plan) return valueAnswer(settled, own)
    landed.where = target.pathname
    // What the function has read is not what the page shows.
    landed.dependencies.tags.clear()
    const touched = () => touchedPart({ ...settled, context: landed }, plan)
    const isOwn = ending.kind !== 'redirect'
    const part = isOwn ? await runInContext(pageContext(landed, plan), touched) : null
    if (part?.files.size === 0 && part.tracked.length === 0) return valueAnswer(settled, own)
    const mounted = new Set<string>()
    const page = { app, request, context: landed, plan, mounted, part, rest: own }
    return await renderRegions({ ...page, temporaryReferences })
  } catch (error) {
    reportError(error, app.log, target.pathname)
    return valueAnswer(settled, rest)
  }
}

/**
 * What the call has touched of the page that it was made on; `null` for all of it. Of tracked regions only
 * those that the browser has named are rendered: it asks for others when it sees which tags have changed.
 */
async function touchedPart(
  { app, request, context }: SettledCall,
  plan: PagePlan,
): Promise<PagePart | null> {
  const files = await affectedFiles(plan, context)
  if (!files) return null
  const leaf = plan.regions.at(-1)?.link.id
  // What is in the page comes with it.
  const guards = files.size > 0 ? otherLayouts(plan, files) : new Set<string>()
  if (leaf !== undefined && files.has(leaf)) return { files, guards, tracked: [] }
  const named = await trackedElements(app, request, plan.target.pathname)
  const { tags } = context.invalidation
  const isTouched = (element: TrackedElement): boolean => element.tags.some((tag) => tags.has(tag))
  return { files, guards, tracked: (named ?? []).filter(isTouched) }
}

/** The page to render: the current one, or a redirect's target where that is a page of this document. */
async function landingOfCall(settled: SettledCall, outcome: Outcome): Promise<Landing> {
  const { app, request, target, earlier, context, ending } = settled
  const current = await planTarget(app, target, earlier)
  if (ending.kind !== 'redirect' || outcome.kind !== 'redirect') {
    return { to: '', plan: current, context }
  }
  const site = { config: app.config, headers: request.headers }
  const redirected = redirectTarget(ending.to, target, site)
  const landing = await landingOf({ app, request, context, earlier }, redirected)
  const { plan } = landing
  return { ...landing, plan: plan && current && hasSameRoot(plan, current) ? plan : null }
}

function valueAnswer({ app, context, decoded }: SettledCall, rest: Rest): CallBody {
  const payload = { build: app.config.build, stamp: app.stamps(), ...rest }
  const options = {
    onError: (error: unknown) =>
      reportError(error, app.log, { where: context.where, routeType: 'action' }),
    temporaryReferences: decoded.temporaryReferences,
    gated: 'outcome',
    late: lateTags(context),
  }
  // An iterator that the function returned runs on while it is sent, and may ask for cookies.
  const render = () => runInContext(context, () => renderFlight(payload, options))
  return { body: plainRow(payload) ?? render(), regions: 0 }
}

function outcomeOf({ app, request, target, context, ending }: SettledCall): Outcome {
  if (ending.kind === 'error') {
    const place: ErrorPlace = { where: context.where, routeType: 'action' }
    return { kind: 'error', error: shownError(ending.error, app, place) }
  }
  if (ending.kind !== 'redirect') return ending
  const site = { config: app.config, headers: request.headers }
  const { to } = redirectTarget(ending.to, target, site)
  return { kind: 'redirect', to, history: ending.history ?? 'push' }
}
