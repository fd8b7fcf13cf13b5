import { createContext } from '../context/request-context.ts'
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

/**
 * The answer to a call or to a navigation that the app's configuration or its middleware sends
 * elsewhere: the browser goes there, with the page where it is one of this app.
 */
export async function redirectPayload(
  app: App,
  request: ServerRequest,
  { redirected, history }: { redirected: RedirectTarget; history: 'push' | 'replace' },
): Promise<ServerAnswer> {
  const context = createContext('render', redirected.to, request)
  const { status, body } = await answerOf()
  return {
    status,
    headers: [['content-type', payloadType], ...privateHeaders, ...contextHeaders(context)],
    body,
    onFinish: afterAnswer(app, context),
  }

  async function answerOf(): Promise<Omit<RegionsAnswer, 'regions'>> {
    if (isOutdated(app, request)) return outcomeAnswer(redirected.to, { outdated: true })
    const earlier = await earlierPages(app, request)
    const {
      to,
      plan,
      context: landed,
    } = await landingOf({ app, request, context, earlier }, redirected)
    if (!plan) return outcomeAnswer(to)
    const rest = { outcome: outcomeOf(to) }
    return renderRegions({ app, request, context: landed, plan, mounted: new Set(), rest })
  }

  function outcomeOf(to: string): Outcome {
    return { kind: 'redirect', to, history }
  }

  function outcomeAnswer(to: string, more: { outdated?: true } = {}) {
    const payload = {
      build: app.config.build,
      stamp: app.stamps(),
      outcome: outcomeOf(to),
      ...more,
    }
    const onError = (error: unknown): string => reportError(error, app.log, redirected.to)
    return { status: 200, body: renderFlight(payload, { onError }) }
  }
}
