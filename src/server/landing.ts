import type { RequestContext } from '../context/request-context.ts'
import type { App } from './app.ts'
import type { ServerRequest } from './exchange.ts'
import type { EarlierPage } from './page-name.ts'
import type { PagePlan } from './page-plan.ts'
import { pass } from './passage.ts'
import { pageRequest } from './passed-request.ts'
import { planTarget } from './plan-target.ts'
import type { RedirectTarget } from './redirect-target.ts'
import { withBase } from './site-path.ts'

/** A page that redirects to a page that redirects: more than this is a circle. */
export const maxRedirects = 10

export type Redirected = {
  app: App
  request: ServerRequest
  context: RequestContext
  /** The pages, the latest first, that slots may be kept from. */
  earlier: readonly EarlierPage[]
}

export type Landing = {
  /** The address, also where the way there has led on. */
  to: string
  /** `null` where only a document can show it. */
  plan: PagePlan | null
  /** What the page is rendered in: middleware may have given the request other headers. */
  context: RequestContext
}

/** The page that a redirect leads to, once it has gone through what every request for it does. */
export async function landingOf(
  { app, request, context, earlier }: Redirected,
  redirected: RedirectTarget,
): Promise<Landing> {
  let { target, to } = redirected
  const current = currentHeaders(context)
  let headers = current
  for (let redirects = 0; target; redirects++) {
    if (redirects === maxRedirects) throw new Error(`${redirected.to} redirects in a circle`)
    const sent = pageRequest(request, headers)
    const passage = await pass(app, sent, withBase(target, app.config.site))
    context.passed.push(...passage.headers)
    if (passage.onFinish) context.after.push(passage.onFinish)
    if (passage.kind === 'answer') break
    ;({ headers } = passage.request)
    if (passage.kind === 'pass') {
      const plan = await planTarget(app, passage.target, earlier)
      return {
        to,
        plan,
        context: headers === current ? context : { ...context, headers, cookies: null },
      }
    }
    ;({ target, to } = passage.redirected)
  }
  return { to, plan: null, context }
}

/** Those of the request, with the cookies as they are by now. */
function currentHeaders({ headers, cookies }: RequestContext): RequestContext['headers'] {
  return cookies?.isChanged() ? { ...headers, cookie: cookies.toString() } : headers
}
