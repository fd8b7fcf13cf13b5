import type { PageState } from './page-state.ts'
import type { Answer } from './request.ts'

const maxVisited = 50
const aheadLife = 30_000

/** Pages that back and forward show at once. */
const visited = new Map<string, PageState>()

/** Pages that were fetched before anybody went there; `null` for those that could not be. */
const ahead = new Map<string, Promise<Answer | null>>()

export function remember(page: PageState): void {
  const { href } = page.route
  // Deleted first, so that the map's order is the order of the visits.
  visited.delete(href)
  visited.set(href, page)
  const [oldest = href] = visited.keys()
  if (visited.size > maxVisited) visited.delete(oldest)
}

export function recall(href: string): PageState | undefined {
  return visited.get(href)
}

/** Fetches a page ahead, unless that was done a short while ago. */
export function fetchAhead(href: string, fetchIt: () => Promise<Answer>): void {
  if (ahead.has(href)) return
  const answer = fetchIt().catch(() => null)
  ahead.set(href, answer)
  setTimeout(() => ahead.delete(href), aheadLife)
}

/** What was fetched ahead is used once: the next visit gets a newer page. */
export function takeAhead(href: string): Promise<Answer | null> | undefined {
  const answer = ahead.get(href)
  ahead.delete(href)
  return answer
}

/** Forgets what may be old: all visited pages or those of some paths, and all fetched ahead. */
export function forget(paths: true | readonly string[]): void {
  ahead.clear()
  for (const href of visited.keys()) {
    if (paths === true || paths.includes(href.replace(/\?.*/s, ''))) visited.delete(href)
  }
}
