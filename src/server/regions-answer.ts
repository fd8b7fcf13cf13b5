import type { ReactNode } from 'react'
import { runInContext, type RequestContext } from '../context/request-context.ts'
import { renderFlight, type FlightStream } from '../flight/render.ts'
import type { CallFailure, Outcome } from '../wire/outcome.ts'
import type { Payload } from '../wire/payload.ts'
import type { PagePart } from './affected.ts'
import type { App } from './app.ts'
import { abandoned, type ServerRequest } from './exchange.ts'
import { landingOf, maxRedirects } from './landing.ts'
import { lateTags } from './late-tags.ts'
import { pageContext } from './page-context.ts'
import type { PagePlan } from './page-plan.ts'
import { redirectTarget } from './redirect-target.ts'
import { partElements, regionElements } from './regions.ts'
import { replaceRegion } from './replace-region.tsx'
import { notingFailure, pagePlace, reportError, type ErrorPlace } from './report-error.ts'
import { createRootWatch, type RegionFailure, type RootWatch } from './root-watch.ts'
import { shownError } from './shown-error.ts'

/** How long the head of an answer waits for the roots of its regions, in milliseconds. */
const headDelay = 20

/** For those that are rendered alone: what they throw is answered by the page, not where they stand. */
const regionDelay = 2_000

export type RegionsRequest = {
  app: App
  request: ServerRequest
  context: RequestContext
  plan: PagePlan
  /** Layouts that the browser has; empty for a full answer. */
  mounted: ReadonlySet<string>
  /** What of the page is rendered, for a browser that has all of it; all of it without. */
  part?: PagePart | null
  /** What the payload holds besides its regions. */
  rest: Pick<Payload<ReactNode>, 'outcome' | 'dropped'>
  temporaryReferences?: object | undefined
}

export type RegionsAnswer = { status: number; body: FlightStream; regions: number }

/**
 * Renders the regions of a page to a payload. What the root of a region throws while the head
 * waits is answered by its boundary and its status; a redirect, by the page that it leads to.
 */
export async function renderRegions(
  request: RegionsRequest,
  redirects = 0,
): Promise<RegionsAnswer> {
  const { app, context, plan } = request
  const { attempt, failure } = await attemptRegions(request)
  if (!failure) return attempt
  attempt.body.abort(abandoned)
  // The page as a whole has the boundaries that answer it.
  if (request.part) return renderRegions({ ...request, part: null }, redirects)
  const show = (error: unknown): CallFailure => shownError(error, app, placeOf(request))
  const replacement = replaceRegion(plan, failure, show)
  if (replacement.kind === 'plan') {
    return renderRegions({ ...request, plan: replacement.plan }, redirects)
  }
  if (redirects === maxRedirects) throw new Error(`${plan.target.pathname} redirects in a circle`)
  const { to, history } = replacement.flow
  const site = { config: app.config, headers: context.headers }
  const visit = { app, request: request.request, context, earlier: plan.earlier }
  const landing = await landingOf(visit, redirectTarget(to, plan.target, site))
  const outcome: Outcome = { kind: 'redirect', to: landing.to, history: history ?? 'replace' }
  const next = landing.plan
  if (!next || !hasSameRoot(next, plan)) return outcomeAnswer(request, outcome)
  // A call keeps its own outcome: its page, rendered again, has moved on by itself.
  const rest = { ...request.rest, outcome: request.rest.outcome ?? outcome }
  return renderRegions({ ...request, context: landing.context, plan: next, rest }, redirects + 1)
}

/** Another root layout is another document. */
export function hasSameRoot(one: PagePlan, other: PagePlan): boolean {
  return one.regions[0]?.link.id === other.regions[0]?.link.id
}

type Attempt = { attempt: RegionsAnswer; failure: RegionFailure | null }

async function attemptRegions(request: RegionsRequest): Promise<Attempt> {
  const { plan, mounted, part, rest } = request
  const watch = createRootWatch()
  const elements = part ? partElements(plan, watch, part) : regionElements(plan, watch, mounted)
  const body = renderPayload(request, { ...elements, ...rest })
  const failure = await settledSoon(watch, part?.tracked.length ? regionDelay : headDelay)
  const regions = Object.keys(elements.regions ?? {}).length
  return { attempt: { status: plan.status, body, regions }, failure }
}

/** `null` as well when the roots take longer than the head may wait. */
function settledSoon({ settled }: RootWatch, delay: number): Promise<RegionFailure | null> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, delay, null)
    void settled.then((failure) => {
      clearTimeout(timer)
      return resolve(failure)
    })
  })
}

function outcomeAnswer(request: RegionsRequest, outcome: Outcome): RegionsAnswer {
  const body = renderPayload(request, { ...request.rest, outcome })
  return { status: 200, body, regions: 0 }
}

function renderPayload(
  request: RegionsRequest,
  content: Omit<Payload<ReactNode>, 'build' | 'stamp'>,
): FlightStream {
  const { app, context, plan, temporaryReferences } = request
  const payload: Payload<ReactNode> = { build: app.config.build, stamp: app.stamps(), ...content }
  return runInContext(pageContext(context, plan), () =>
    renderFlight(payload, {
      onError: notingFailure(context, (error) => reportError(error, app.log, placeOf(request))),
      temporaryReferences,
      gated: 'outcome',
      late: lateTags(context),
    }),
  )
}

function placeOf({ context, plan }: RegionsRequest): ErrorPlace {
  return pagePlace(context, plan.target.pathname, 'react-server-components-payload')
}
