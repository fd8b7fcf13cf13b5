import type { HistoryEntry } from './history.ts'
import { loadDocument } from './load-document.ts'
import { isOutdated, isStale, latest, markOutdated, readiness, show } from './page.ts'
import { idsOf, regionsOf } from './page-state.ts'
import { type Answer, fetchPage } from './request.ts'

export type Arrival = {
  /** Asked when all that is needed is here: whether the page is still wanted. */
  isWanted: () => boolean
  /** The entry for the address of the page, which may not be the one that was asked for. */
  entryOf: (href: string) => HistoryEntry | undefined
}

/** Shows the page of an answer. The promise tells whether it takes a document to show it instead. */
export async function arrive({ payload, made, ended }: Answer, arrival: Arrival): Promise<boolean> {
  const { route, outdated } = payload
  if (outdated) markOutdated()
  await readiness(ended)
  if (!arrival.isWanted()) return false
  const regions = regionsOf(payload, made)
  const isComplete = route && idsOf(route).every((id) => regions[id] ?? latest.regions[id])
  if (!isComplete || route.chain[0]?.id !== latest.route.chain[0]?.id) return true
  show({ route, regions, entry: arrival.entryOf(route.href) })
  if (isStale(made)) void refetch()
  return false
}

/** A page that was rendered again may have moved on to another one. */
export function movedEntry(from: string): Arrival['entryOf'] {
  return (href) => (href === from ? undefined : { kind: 'replace', href, scroll: true })
}

let refetching: Promise<void> | undefined

/** Fetches all regions of the current page. Those who ask while a fetch runs share it. */
export async function refetch(): Promise<void> {
  refetching ??= fetchMounted()
  try {
    await refetching
  } catch {
    // Without an answer the page stays as it is: there is nothing better to show.
  }
  refetching = undefined
}

async function fetchMounted(): Promise<void> {
  const { href } = latest.route
  const isWanted = () => latest.route.href === href
  const answer = await fetchPage(href, [])
  const isMoved = !isWanted()
  const needsDocument = await arrive(answer, { isWanted, entryOf: movedEntry(href) })
  if (needsDocument && !isOutdated) return loadDocument(href, 'replace')
  // The page that came meanwhile may have been rendered before what this fetch is for.
  return isMoved || isStale(answer.made) ? fetchMounted() : undefined
}
