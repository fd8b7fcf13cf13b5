import { createCookieJar } from '../context/cookies.ts'
import { isDraft } from '../context/draft-mode.ts'
import type { RequestContext } from '../context/request-context.ts'
import { pageLife } from './page-life.ts'
import type { PagePlan } from './page-plan.ts'
import { pageTags } from './page-tags.ts'

/** The context that a page is rendered in: of one that is forced to be static, without its visitor. */
export function pageContext(context: RequestContext, plan: PagePlan): RequestContext {
  context.pageTags = pageTags(plan)
  context.pagePath = plan.target.pathname
  if (!pageLife(plan)?.isForced) return context
  const visitor = { headers: {}, cookies: createCookieJar(undefined) }
  return { ...context, ...visitor, isDraft: isDraft(context) }
}
