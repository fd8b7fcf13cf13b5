import type { Visit } from '../routes/path-rule.ts'
import { afterAnswer } from './after-answer.ts'
import type { App } from './app.ts'
import type { SiteConfig } from './config.ts'
import type { ServerAnswer, ServerRequest } from './exchange.ts'
import { runMiddleware } from './middleware.ts'
import { passedRequest } from './passed-request.ts'
import { addressTarget, type RedirectTarget } from './redirect-target.ts'
import { Refusal } from './refusal.ts'
import { responseAnswer } from './response-answer.ts'
import { rewriteTarget } from './rewrite.ts'
import { contextHeaders } from './settle.ts'
import { isNearBase, withoutBase } from './site-path.ts'
import type { Target } from './target.ts'
import { spelled, visitOf } from './visit.ts'

/** What the rules of the app's configuration and its middleware make of a request. */
export type Passage = {
  /** For its answer, whatever that is. */
  headers: [string, string][]
  onFinish: (() => void) | null
} & (
  | { kind: 'pass'; request: ServerRequest; target: Target }
  /** The request is the one that follows it, with the cookies that the answer leaves. */
  | { kind: 'redirect'; request: ServerRequest; redirected: RedirectTarget; status: number }
  | { kind: 'answer'; answer: ServerAnswer }
)

/**
 * What every request for a path goes through, and whatever is rendered for one: redirects and
 * headers of the configuration, middleware, rewrites. `asked` is with the base path; the target that
 * passes is without. All of them see one spelling of the path.
 * @throws Refusal `not-found` for a path outside of the app
 */
export async function pass(app: App, request: ServerRequest, asked: Target): Promise<Passage> {
  const nothing = { headers: [], onFinish: null }
  if (isOpen(app)) {
    return { kind: 'pass', request, target: ownTarget(asked, app.config.site), ...nothing }
  }
  const seen = spelled(asked)
  const own = ownOf({ asked, seen }, app.config.site)
  const visit = visitOf(request, seen)
  const site = { config: app.config, headers: request.headers }
  const ruled = app.rules.headersFor(visit)
  const redirect = app.rules.redirectFor(visit)
  if (redirect) {
    const redirected = addressTarget(redirect.to, own ?? asked, site)
    const { status } = redirect
    return { ...nothing, kind: 'redirect', request, redirected, status, headers: ruled }
  }
  const run = await runMiddleware(app, request, { seen, visit, own: own && spelled(own) })
  if (!run) {
    const target = rewrittenOf(app, { asked, seen, own, visit, to: seen })
    return { ...nothing, kind: 'pass', request, target, headers: ruled }
  }
  const { decision, context } = run
  const headers = [...ruled, ...decision.headers, ...contextHeaders(context)]
  const onFinish = afterAnswer(app, context)
  if (decision.kind === 'redirect') {
    const redirected = addressTarget(decision.location, own ?? asked, site)
    const next = passedRequest(request, headers, null)
    const { status } = decision
    return { kind: 'redirect', request: next, redirected, status, headers, onFinish }
  }
  if (decision.kind === 'answer') {
    return { kind: 'answer', answer: responseAnswer(decision.response), headers, onFinish }
  }
  const { rewritten, overridden } = decision
  const target = rewrittenOf(app, { asked, seen, own, visit, to: rewritten ?? seen })
  return {
    kind: 'pass',
    request: passedRequest(request, headers, overridden),
    target,
    headers,
    onFinish,
  }
}

/** Whether nothing is in the way of requests. */
export function isOpen({ middleware, rules }: App): boolean {
  return !middleware && rules.isEmpty
}

/** The target without the base path. @throws Refusal `not-found` for one outside of the app */
export function ownTarget(asked: Target, site: SiteConfig): Target {
  return required(withoutBase(asked, site), asked)
}

/** As it was received, and in the one spelling. */
type Asked = { asked: Target; seen: Target }

/** `null` for a target that only rules for what is outside of the base path may take. @throws Refusal */
function ownOf({ asked, seen }: Asked, site: SiteConfig): Target | null {
  const own = withoutBase(asked, site)
  if (!own && isNearBase(seen, site)) throw outsideOf(asked)
  return own
}

type Way = Asked & { own: Target | null; visit: Visit; to: Target }

/** The target that is answered, with the address that was asked for. @throws Refusal */
function rewrittenOf(app: App, { asked, seen, own, visit, to }: Way): Target {
  const target = rewriteTarget(app, visit, to)
  const { site } = app.config
  if (own && target.href === seen.href) return own
  // Middleware may leave the base path out where it names a path of the app.
  const found = withoutBase(target, site) ?? (own && target)
  return { ...required(found, asked), ...(own ? { shown: own.href } : {}) }
}

function required(own: Target | null, asked: Target): Target {
  if (own) return own
  throw outsideOf(asked)
}

function outsideOf({ pathname }: Target): Refusal {
  return new Refusal('not-found', `${pathname} is not below the base path`)
}
