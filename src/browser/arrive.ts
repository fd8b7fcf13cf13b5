import type { Answer } from './answer.ts'
import type { FetchPage } from './fetch-page.ts'
import type { HistoryEntry } from './history.ts'
import type { Page } from './page.ts'
import { idsOf, regionsOf } from './page-state.ts'

/** Puts the pages of answers on the screen. */
export interface Arrivals {
  /** Shows the page of an answer. What is `foreign` to this document needs one of its own. */
  arrive: (answer: Answer, arrival: Arrival) => Promise<'shown' | 'unwanted' | 'foreign'>
  /** Fetches all regions of the current page. Those who ask while a fetch runs share it. */
  refetch: () => Promise<void>
}

export type Arrival = {
  /** Asked when all that is needed is here: whether the page is still wanted. */
  isWanted: () => boolean
  /** The entry for the address of the page, which may not be the one that was asked for. */
  entryOf: (href: string) => HistoryEntry | undefined
}

export type HistoryKind = 'push' | 'replace'

export type ArrivalParts = {
  page: Page
  fetchPage: FetchPage
  /** Loads a document. The promise stays pending, because this page is about to end. */
  load: (href: string, kind: HistoryKind) => Promise<never>
}

export function createArrivals({ page, fetchPage, load }: ArrivalParts): Arrivals {
  let refetching: Promise<void> | undefined

  const arrive: Arrivals['arrive'] = async (answer, { isWanted, entryOf }) => {
    const { route, outdated } = answer.payload
    if (outdated) page.outdated = true
    const urgency = await page.readiness(answer)
    if (!isWanted()) return 'unwanted'
    const shown = page.latest()
    const regions = regionsOf(answer.payload, answer)
    const isComplete = route && idsOf(route).every((id) => regions[id] ?? shown.regions[id])
    if (!isComplete || route.chain[0]?.id !== shown.route.chain[0]?.id) return 'foreign'
    page.show({ route, regions, entry: entryOf(route.href) }, urgency)
    if (page.isStale(answer)) void refetch()
    return 'shown'
  }

  const fetchMounted = async (): Promise<void> => {
    for (;;) {
      const { href } = page.latest().route
      const isWanted = () => page.latest().route.href === href
      const answer = await fetchPage(href, { mounted: [] })
      const isMoved = !isWanted()
      const arrived = await arrive(answer, { isWanted, entryOf: (to) => replaced(href, to) })
      if (arrived === 'foreign' && !page.outdated) return load(href, 'replace')
      // The page that came meanwhile may have been rendered before what this fetch is for.
      if (!isMoved && !page.isStale(answer)) return undefined
    }
  }

  const refetch: Arrivals['refetch'] = async () => {
    refetching ??= fetchMounted()
    try {
      await refetching
    } catch {
      // Without an answer the page stays as it is: there is nothing better to show.
    } finally {
      refetching = undefined
    }
  }

  return { arrive, refetch }
}

/** A page that was rendered again may have moved on to another one. */
export function replaced(from: string, to: string): HistoryEntry | undefined {
  return from === to ? undefined : { kind: 'replace', href: to, scroll: true }
}
