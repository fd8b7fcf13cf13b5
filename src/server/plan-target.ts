import { keepSlots } from '../routes/keep-slots.ts'
import type { RouteMatch } from '../routes/match-route.ts'
import type { App } from './app.ts'
import { type EarlierPage, isBelow, pageName } from './page-name.ts'
import { planPage, type PagePlan } from './page-plan.ts'
import { unmatchedPlan } from './replace-region.tsx'
import type { Target } from './target.ts'

/**
 * The plan of the page at a target; `null` where a route handler answers instead. On the page that the
 * browser shows it may be intercepted, and what the target has nothing for stays as earlier pages show it.
 */
export async function planTarget(
  app: App,
  target: Target,
  earlier: readonly EarlierPage[] = [],
): Promise<PagePlan | null> {
  const pages = knownPages(earlier)
  const match = matchTarget(app, target, pages)
  if (match.kind === 'handler') return null
  const below = pageBelow(target, pages)
  const kept = matchKept(app, match, pages)
  return unmatchedPlan(await planPage(app, kept, { target, earlier: pages, below }))
}

/** What a target shows on the page that the browser shows. */
export function matchTarget(app: App, target: Target, earlier: readonly EarlierPage[]): RouteMatch {
  if (earlier.length === 0) return app.match(target.pathname)
  return app.match(target.pathname, pageBelow(target, knownPages(earlier)))
}

/** Whatever decides about the paths of pages decides also on which of them one may be intercepted. */
function knownPages(earlier: readonly EarlierPage[]): readonly EarlierPage[] {
  return earlier.filter(
    (page) => page.on === undefined || earlier.some((other) => isBelow(other, page)),
  )
}

/**
 * The page that a target may be intercepted on: the one that the browser shows, or the one below it. An
 * address that stays shows what it shows, and no page is intercepted on itself.
 */
function pageBelow({ pathname }: Target, [latest]: readonly EarlierPage[]): string | undefined {
  const page = latest && (latest.on ?? latest.pathname)
  return page === pathname ? undefined : page
}

function matchKept(app: App, match: RouteMatch, earlier: readonly EarlierPage[]): RouteMatch {
  if (match.slots.length === 0) return match
  const pages = earlier.map((page) => ({
    href: pageName(page),
    match: app.match(page.pathname, page.on),
  }))
  return keepSlots(match, pages)
}
