import { keepSlots } from '../routes/keep-slots.ts'
import type { RouteMatch } from '../routes/match-route.ts'
import type { App } from './app.ts'
import { planPage, type PagePlan } from './page-plan.ts'
import { unmatchedPlan } from './replace-region.tsx'
import type { Target } from './target.ts'

/**
 * The plan of the page at a target; `null` where a route handler answers instead. Slots for which
 * the target has nothing keep what they show of earlier pages.
 */
export async function planTarget(
  app: App,
  target: Target,
  earlier: readonly Target[] = [],
): Promise<PagePlan | null> {
  const match = app.match(target.pathname)
  if (match.kind === 'handler') return null
  const plan = await planPage(app, matchKept(app, match, earlier), target)
  return unmatchedPlan({ ...plan, earlier })
}

function matchKept(app: App, match: RouteMatch, earlier: readonly Target[]): RouteMatch {
  if (match.slots.length === 0) return match
  const pages = earlier.map(({ pathname, href }) => ({ href, match: app.match(pathname) }))
  return keepSlots(match, pages)
}
