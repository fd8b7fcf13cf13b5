import { matchRoute, type RouteMatch } from './match-route.ts'
import type { RouteNode } from './scan-routes.ts'

/** More pathnames than an app has busy pages, and too few to fill the memory with made-up ones. */
const maxKnown = 1000

/** Matches like `matchRoute`, and remembers what it found for the pathnames it saw last. */
export function createMatcher(root: RouteNode): (pathname: string) => RouteMatch {
  const known = new Map<string, RouteMatch>()
  return (pathname) => {
    const found = known.get(pathname)
    if (found) return found
    const match = matchRoute(root, pathname)
    if (known.size >= maxKnown) known.clear()
    known.set(pathname, match)
    return match
  }
}
