import { createContext, type RequestContext } from '../context/request-context.ts'
import { renderFlight } from '../flight/render.ts'
import { payloadType } from '../wire/header.ts'
import type { Outcome } from '../wire/outcome.ts'
import { afterAnswer } from './after-answer.ts'
import type { App } from './app.ts'
import { earlierPages } from './earlier-pages.ts'
import type { ServerAnswer, ServerRequest } from './exchange.ts'
import { landingOf } from './landing.ts'
import { isOutdated, privateHeaders } from './payload-answer.ts'
import type { RedirectTarget } from './redirect-target.ts'
import { renderRegions, type RegionsAnswer } from './regions-answer.ts'
import { reportError } from './report-error.ts'
import { contextHeaders } from './settle.ts'

type Redirecting = {
  app: App
  request: ServerRequest
  context: RequestContext
  redirected: RedirectTarget
  history: 'push' | 'replace'
}

/**
 * The answer to a call or to a navigation that the app's configuration or its middleware sends
 * elsewhere: the browser goes there, with the page where it is one of this app.
 */
export async function redirectPayload(
  app: App,
  request: ServerRequest,
  redirect: Pick<Redirecting, 'redirected' | 'history'>,
): Promise<ServerAnswer> {
  const context = createContext('render', redirect.redirected.to, request)
  const { status, body } = await redirectAnswer({ app, request, context, ...redirect })
  return {
    status,
    headers: [['content-type', payloadType], ...privateHeaders, ...contextHeaders(context)],
    body,
    onFinish: afterAnswer(app, context),
  }
}

type RedirectAnswer = Omit<RegionsAnswer, 'regions'>

async function redirectAnswer(redirecting: Redirecting): Promise<RedirectAnswer> {
  const { app, request, context, redirected, history } = redirecting
  if (isOutdated(app, request)) {
    return outcomeAnswer(redirecting, { to: redirected.to, more: { outdated: true } })
  }
  const earlier = await earlierPages(app, request)
  const landing = await landingOf({ app, request, context, earlier }, redirected)
  const { to, plan } = landing
  if (!plan) return outcomeAnswer(redirecting, { to })
  const rest: { outcome: Outcome } = { outcome: { kind: 'redirect', to, history } }
  return renderRegions({ app, request, context: landing.context, plan, mounted: new Set(), rest })
}

type Led = { to: string; more?: { outdated: true } }

function outcomeAnswer(
  { app, redirected, history }: Redirecting,
  { to, more }: Led,
): RedirectAnswer {
  const outcome: Outcome = { kind: 'redirect', to, history }
  const payload = { build: app.config.build, stamp: app.stamps(), outcome, ...more }
  const onError = (error: unknown): string => reportError(error, app.log, redirected.to)
  return { status: 200, body: renderFlight(payload, { onError }) }
}
