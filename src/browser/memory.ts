import { type PageState, idsOf, regionsOf, updatePage } from './page-state.ts'
import type { Answer } from './answer.ts'

const maxVisited = 50
const aheadLife = 30_000

/** Pages that back and forward show at once. */
const visited = new Map<string, PageState>()

/** Pages that were fetched before anybody went there; `null` for those that could not be. */
const ahead = new Map<string, Promise<Answer | null>>()

export function remember(page: PageState): void {
  // One address may have several pages, which differ in what they show of others.
  const { href, pages, pages: name = href } = page.route
  // What was fetched ahead goes on from what was shown then.
  if (pages) ahead.clear()
  // Deleted first, so that the map's order is the order of the visits.
  visited.delete(name)
  visited.set(name, page)
  const [oldest = name] = visited.keys()
  if (visited.size > maxVisited) visited.delete(oldest)
}

export function recall(name: string): PageState | undefined {
  return visited.get(name)
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

/**
 * Forgets what an answer says is old: all fetched ahead, and visited pages with one of the dropped
 * tags. The others get the regions of the answer that they share: these are not old. Without an
 * answer all are old.
 */
export function forget(answer?: Answer): void {
  ahead.clear()
  if (!answer) return visited.clear()
  const { dropped = [] } = answer.payload
  const regions = regionsOf(answer.payload, answer.made)
  // What is still arriving may have any tag.
  const isOld = (tags?: string[]) => dropped.some((tag) => tags?.includes(tag) ?? true)
  for (const [name, page] of visited) {
    const isFresh = (id: string) => regions[id] ?? !isOld(page.regions[id]?.from.tags)
    const isKept = !isOld(page.route.tags) && idsOf(page.route).every(isFresh)
    if (isKept) visited.set(name, updatePage(page, { regions, version: 0 }))
    else visited.delete(name)
  }
}
