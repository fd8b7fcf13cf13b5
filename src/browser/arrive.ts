import type { Route } from '../wire/payload.ts'
import type { Answer } from './answer.ts'
import type { HistoryEntry } from './history.ts'
import { loadDocument } from './load-document.ts'
import { isOutdated, isStale, latest, readiness, show } from './page.ts'
import { idsOf, type Regions, regionsOf } from './page-state.ts'
import { fetchPage } from './request.ts'

/**
 * The entry for the address of a page, which may not be the one that was asked for: none where the
 * address stays, `null` where the page is no longer wanted.
 */
export type EntryOf = (href: string) => HistoryEntry | undefined | null

/** Shows the page of an answer. The promise tells whether it takes a document to show it instead. */
export async function arrive(
  { payload, made, ended }: Answer,
  entryOf: EntryOf,
  transition?: object | null,
): Promise<boolean> {
  arriving++
  await readiness(ended)
  arriving--
  // Regions alone are of the page that they were asked for.
  const { route = payload.regions && latest.route } = payload
  const entry = entryOf(route?.href ?? '')
  if (entry === null) return false
  const regions = regionsOf(payload, made)
  if (!route || !isComplete(route, regions)) return true
  show({ route, regions, entry }, transition)
  // What is still arriving was made after what it invalidated, and brings it.
  if (isStale(made) && arriving === 0) void refetch()
  return false
}

/** Whether there is all of a page, inside of the same root layout. */
function isComplete(route: Route, regions: Regions): boolean {
  const isThere = idsOf(route).every((id) => regions[id] ?? latest.regions[id])
  return isThere && route.chain[0]?.id === latest.route.chain[0]?.id
}

/** Answers whose pages wait for their rows. */
let arriving = 0

/** For the page of an address while it is the latest; rendered again, it may have moved on. */
export function againAt(href: string): EntryOf {
  return (to) => {
    if (latest.route.href !== href) return null
    return to === href ? undefined : { kind: 'replace', href: to, scroll: true }
  }
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
  const { href, pages = '' } = latest.route
  const answer = await fetchPage(href, { pages })
  const isMoved = latest.route.href !== href
  const needsDocument = await arrive(answer, againAt(href))
  if (needsDocument && !isOutdated) return loadDocument(href, 'replace')
  // The page that came meanwhile may have been rendered before what this fetch is for.
  return isMoved || isStale(answer.made) ? fetchMounted() : undefined
}
