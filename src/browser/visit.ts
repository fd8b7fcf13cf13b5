import type { Answer } from './answer.ts'
import type { Arrival, ArrivalParts, Arrivals, HistoryKind } from './arrive.ts'

/** The one navigation that is under way. */
export interface Visits {
  /** Fetches a page and shows it, or loads its document. */
  visit: (url: URL, kind: HistoryKind, entryOf: Arrival['entryOf']) => Promise<void>
  /** Ends the navigation that is under way; the signal ends with the next one. */
  supersede: () => AbortSignal
  /** Layouts that need not be fetched for the next page. */
  mounted: () => string[]
}

export type VisitParts = ArrivalParts & Pick<Arrivals, 'arrive'>

export function createVisits({ page, fetchPage, load, arrive }: VisitParts): Visits {
  let current = new AbortController()

  const supersede = (): AbortSignal => {
    current.abort()
    current = new AbortController()
    return current.signal
  }

  const mounted = () => {
    const ids = page.latest().route.chain.map(({ id }) => id)
    return ids.filter((id) => id.startsWith('layout:'))
  }

  return {
    supersede,
    mounted,
    async visit(url, kind, entryOf) {
      const signal = supersede()
      const isWanted = () => !signal.aborted
      const bring = async (answer: Answer): Promise<boolean> => {
        const arrived = await arrive(answer, { entryOf, isWanted })
        // What is on the screen may still be arriving: the next navigation must not break it off.
        if (arrived === 'shown') current = new AbortController()
        return arrived !== 'foreign'
      }
      const href = url.pathname + url.search
      let target = url.href
      try {
        const ahead = await page.memory.take(href)
        if (ahead && (await bring(ahead))) return
        const answer = await fetchPage(href, { mounted: mounted(), priority: 'high', signal })
        if (await bring(answer)) return
        const { outcome } = answer.payload
        if (outcome?.kind === 'redirect') target = outcome.to
      } catch {
        // No network, or an answer that is no payload: the browser itself shows what there is.
        if (signal.aborted) return
      }
      await load(target, kind)
    },
  }
}
