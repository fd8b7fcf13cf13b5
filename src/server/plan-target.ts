import type { App } from './app.ts'
import { planPage, type PagePlan } from './page-plan.ts'
import { unmatchedPlan } from './replace-region.tsx'
import type { Target } from './target.ts'

/** The plan of the page at a target; `null` where a route handler answers instead. */
export async function planTarget(app: App, target: Target): Promise<PagePlan | null> {
  const match = app.match(target.pathname)
  if (match.kind === 'handler') return null
  const plan = await planPage(app, match, target)
  return match.kind === 'page' ? plan : unmatchedPlan(plan)
}
