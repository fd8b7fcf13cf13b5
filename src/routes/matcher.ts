import { hasInterceptions } from './has-interceptions.ts'
import { intercept } from './intercept.ts'
import { matchRoute, type RouteMatch } from './match-route.ts'
import type { RouteNode } from './scan-routes.ts'

/** More pathnames than an app has busy pages, and too few to fill the memory with made-up ones. */
const maxKnown = 1000

/** What a pathname shows; `from` is the pathname of the page that it may be intercepted on. */
export type Matcher = (pathname: string, from?: string) => RouteMatch

/** Matches a pathname, and remembers what it found for those it saw last. */
export function createMatcher(root: RouteNode): Matcher {
  const known = new Map<string, RouteMatch>()
  const remember = (key: string, match: RouteMatch): RouteMatch => {
    if (known.size >= maxKnown) known.clear()
    known.set(key, match)
    return match
  }
  return (pathname, from) => {
    if (from !== undefined && hasInterceptions(root)) {
      // No pathname holds a space.
      const key = `${pathname} ${from}`
      const intercepted = known.get(key) ?? intercept(root, pathname, from)
      if (intercepted) return remember(key, intercepted)
    }
    return known.get(pathname) ?? remember(pathname, matchRoute(root, pathname))
  }
}
