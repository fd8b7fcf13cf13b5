import type { ReactNode } from 'react'
import { runInContext, type RequestContext } from '../context/request-context.ts'
import { renderFlight } from '../flight/render.ts'
import type { DocumentPayload } from '../wire/payload.ts'
import type { App } from './app.ts'
import { abandoned, type PipeableBody, type ServerAnswer } from './exchange.ts'
import { lateTags } from './late-tags.ts'
import { pageContext } from './page-context.ts'
import type { PagePlan } from './page-plan.ts'
import { allRegions } from './plan-path.ts'
import { privateHeaders } from './payload-answer.ts'
import { redirectTarget } from './redirect-target.ts'
import { regionElements } from './regions.ts'
import { replaceRegion, type Replacement } from './replace-region.tsx'
import { documentReports, notingFailure, pagePlace } from './report-error.ts'
import { createRootWatch, type RegionFailure } from './root-watch.ts'
import { contextHeaders } from './settle.ts'
import { shownError } from './shown-error.ts'

export type DocumentRequest = {
  app: App
  context: RequestContext
  plan: PagePlan
  /** What `useActionState` shows after a form was posted without JavaScript. */
  formState?: unknown
  /** Posting answers a redirect with 303, so that the browser gets the target by GET. */
  isPost?: boolean
}

/** Renders a page to HTML, with the payload that the browser will start from inlined. */
export async function answerDocument(request: DocumentRequest): Promise<ServerAnswer> {
  let { plan } = request
  // Each round replaces a region by a boundary above it, so the rounds are bounded by their number.
  for (let rounds = allRegions(plan).length + 2; rounds > 0; rounds--) {
    const attempt = await attemptDocument({ ...request, plan })
    if (attempt.body) return documentAnswer(request, plan, attempt.body)
    const next = await afterFailure({ ...request, plan }, attempt.failure)
    if (!('regions' in next)) return next
    plan = next
  }
  throw new Error(`Nothing could be rendered for ${plan.target.pathname}, not even its boundaries`)
}

/** An answer, or the plan to try next. */
async function afterFailure(
  request: DocumentRequest,
  { region, error }: Failure,
): Promise<ServerAnswer | PagePlan> {
  const { app, context, plan } = request
  const place = pagePlace(context, plan.target.pathname)
  const replaced = (failed: string): Replacement =>
    replaceRegion(plan, { region: failed, error }, (thrown) => shownError(thrown, app, place))
  const candidates = region === null ? suspects(plan) : [region]
  const replacements = candidates.map(replaced)
  for (const replacement of replacements) {
    if (replacement.kind === 'redirect') return redirectAnswer(request, replacement.flow)
    if (replacements.length === 1) return replacement.plan
    const attempt = await attemptDocument({ ...request, plan: replacement.plan })
    if (attempt.body) return documentAnswer(request, replacement.plan, attempt.body)
  }
  const [first] = replacements
  return first?.kind === 'plan' ? first.plan : plan
}

/**
 * What is thrown below the root of a region, with no Suspense around it, leaves no HTML at all, and
 * React does not tell where it was. It is counted as the page's, the deepest region, or as that of
 * the first slot without which there is HTML; when the boundary that replaced it fails too, it is that
 * one's turn.
 */
function suspects({ regions, slots }: PagePlan): string[] {
  const parts = [...slots.toReversed().map((slot) => slot.regions), regions]
  const leaves = parts.flatMap((part) => part.at(-1)?.link.id ?? [])
  const whole = leaves.filter(isOwn)
  const replaced = leaves.filter((id) => !isOwn(id))
  return leaves.length === 0 ? [''] : [...whole, ...replaced]
}

/** Of the app, and no boundary in place of what was. */
function isOwn(id: string): boolean {
  return /^(page|default):/.test(id)
}

/** 303 lets a browser follow by GET whatever it sent; only a permanent redirect of a GET is 308. */
export function redirectAnswer(
  { app, context, plan, isPost }: DocumentRequest,
  flow: { to: string; permanent: boolean },
): ServerAnswer {
  const site = { config: app.config, headers: context.headers }
  const { to } = redirectTarget(flow.to, plan.target, site)
  return {
    status: flow.permanent && !isPost ? 308 : 303,
    headers: [['location', to], ...privateHeaders, ...contextHeaders(context)],
    body: null,
  }
}

type Attempt = { body: PipeableBody } | { body: null; failure: Failure }

/** Without a region it is of no known one. */
type Failure = Omit<RegionFailure, 'region'> & { region: string | null }

async function attemptDocument({
  app,
  context,
  plan,
  formState,
}: DocumentRequest): Promise<Attempt> {
  const html = await app.html()
  return runInContext(pageContext(context, plan), async () => {
    const watch = createRootWatch()
    const place = pagePlace(context, plan.target.pathname)
    const { onPayloadError, onHtmlError } = documentReports(app.log, place)
    const payload: DocumentPayload<ReactNode> = {
      build: app.config.build,
      stamp: app.stamps(),
      ...regionElements(plan, watch, new Set()),
      ...(plan.globalError ? { globalError: plan.globalError } : {}),
      ...(formState === undefined ? {} : { formState }),
    }
    const flight = renderFlight(payload, {
      onError: notingFailure(context, onPayloadError),
      late: lateTags(context),
    })
    const onError = notingFailure(context, onHtmlError)
    const rendering = html.renderDocument(flight, { onError, formState, nonce: context.nonce })
    const failure = await Promise.race([failureOf(watch), shellFailure(rendering.ready)])
    if (!failure) return { body: await rendering.ready }
    rendering.abort(abandoned)
    return { body: null, failure }
  })
}

/** Settles only if a root fails: that the roots are done says nothing about what they contain. */
async function failureOf(watch: ReturnType<typeof createRootWatch>): Promise<RegionFailure> {
  return (await watch.settled) ?? new Promise(() => undefined)
}

async function shellFailure(ready: Promise<unknown>): Promise<Failure | null> {
  try {
    await ready
    return null
  } catch (error) {
    return { region: null, error }
  }
}

function documentAnswer(
  { context }: DocumentRequest,
  plan: PagePlan,
  body: PipeableBody,
): ServerAnswer {
  return {
    status: plan.status,
    headers: [
      ['content-type', 'text/html; charset=utf-8'],
      ...privateHeaders,
      ...contextHeaders(context),
    ],
    body,
  }
}
