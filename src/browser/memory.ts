import type { Answer } from './answer.ts'
import type { PageState } from './page-state.ts'

/** Pages that need no request: those that were visited, and those that were fetched ahead. */
export interface Memory {
  visit(page: PageState): void
  visited(href: string): PageState | undefined
  /** Fetches a page ahead, unless that has been done. */
  prefetch(href: string, fetchPage: () => Promise<Answer>): void
  /** The page that was fetched ahead; it is given out once. */
  take(href: string): Promise<Answer | null> | undefined
  /** Forgets what may be old: all visited pages or those of some paths, and all fetched ahead. */
  drop(paths: true | string[] | undefined): void
}

const maxVisited = 50
const prefetchLife = 30_000

export function createMemory(): Memory {
  const pages = new Map<string, PageState>()
  const ahead = new Map<string, { answer: Promise<Answer | null>; until: number }>()

  return {
    visit(page) {
      // Deleted first, so that the map's order is the order of the visits.
      pages.delete(page.route.href)
      pages.set(page.route.href, page)
      const [oldest] = pages.keys()
      if (pages.size > maxVisited && oldest !== undefined) pages.delete(oldest)
    },
    visited: (href) => pages.get(href),
    prefetch(href, fetchPage) {
      const known = ahead.get(href)
      if (known && known.until > Date.now()) return
      const answer = fetchPage().catch(() => null)
      ahead.set(href, { answer, until: Date.now() + prefetchLife })
    },
    take(href) {
      const known = ahead.get(href)
      ahead.delete(href)
      return known && known.until > Date.now() ? known.answer : undefined
    },
    drop(paths) {
      ahead.clear()
      for (const href of pages.keys()) {
        if (paths === true || paths?.includes(href.replace(/\?.*/s, ''))) pages.delete(href)
      }
    },
  }
}
