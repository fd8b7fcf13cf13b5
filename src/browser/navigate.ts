import { resolveTarget } from '../view/href.ts'
import type { NavigateOptions } from '../view/router-context.ts'
import type { Answer } from './answer.ts'
import type { HistoryKind } from './arrive.ts'
import type { HistoryEntry } from './history.ts'
import { createVisits, type VisitParts } from './visit.ts'

export interface Navigation {
  /** Goes to a target. The promise is fulfilled when its page was given to React. */
  go: (href: string, kind: HistoryKind, options?: NavigateOptions) => Promise<void>
  /** Follows the browser, which went back or forward by itself. */
  pop: (entry: HistoryEntry) => Promise<void>
  prefetch: (href: string) => void
  /** Shows the target of a call's redirect, which ends the navigation before it. */
  redirect: (answer: Answer, to: string, kind: HistoryKind) => Promise<void>
}

export function createNavigation(parts: VisitParts): Navigation {
  const { page, fetchPage, load, arrive } = parts
  const { visit, supersede, mounted } = createVisits(parts)

  return {
    go(href, kind, { scroll = true } = {}) {
      const { kind: leads, url } = resolveTarget(href, location.href)
      const own = url.href === location.href ? 'replace' : kind
      if (leads === 'page' && !page.outdated) {
        return visit(url, own, (to) => ({ kind: own, href: to + url.hash, scroll }))
      }
      supersede()
      if (leads !== 'hash') return load(url.href, kind)
      // The browser scrolls to the place and makes the entry of the history by itself.
      location[own === 'push' ? 'assign' : 'replace'](url)
      return Promise.resolve()
    },
    async pop(entry) {
      const { href, pathname, search } = location
      const latest = page.latest()
      const path = pathname + search
      const known = path === latest.route.href ? latest : page.memory.visited(path)
      if (!known && page.outdated) return load(href, 'replace')
      if (!known) return visit(new URL(href), 'replace', () => entry)
      supersede()
      page.show({ ...known, entry }, page.calls.size > 0 ? 'at-once' : 'transition')
    },
    prefetch(href) {
      const { kind, url } = resolveTarget(href, location.href)
      const path = url.pathname + url.search
      const isUseful = kind === 'page' && !page.outdated && path !== page.latest().route.href
      // Browsers open few connections to a server: one stays free for what the user does next.
      if (!isUseful || page.calls.size >= 5) return
      page.memory.prefetch(path, () => fetchPage(path, { mounted: mounted(), priority: 'low' }))
    },
    async redirect(answer, to, kind) {
      const { hash } = new URL(to, location.href)
      supersede()
      const entryOf = (href: string) => ({ kind, href: href + hash, scroll: true })
      const arrived = await arrive(answer, { entryOf, isWanted: () => true })
      if (arrived === 'foreign') void load(to, kind)
    },
  }
}
