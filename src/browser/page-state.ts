import type { ReactNode } from 'react'
import type { Payload, Route } from '../wire/payload.ts'
import { isNewer, type Stamp } from '../wire/stamp.ts'
import type { HistoryEntry } from './history.ts'
import { tracking } from './tracking.ts'

/**
 * When an answer was made: its stamp, and when its request left and its first part arrived here.
 * `tags` are those of the data in it, once all of it is here.
 */
export type Dated = { stamp: Stamp; sentAt: number; arrivedAt: number; tags?: string[] | undefined }

/** `inside` are the regions around a tracked one: first that of a file, and then the tracked ones. */
export type Region = { element: ReactNode; from: Dated; inside?: readonly string[] | undefined }
export type Regions = Record<string, Region>

/**
 * What the browser shows, or will show when React has committed every update. `version` counts the
 * updates of this tab up to the last one in it.
 */
export type PageState = { route: Route; regions: Regions; entry: HistoryEntry; version: number }

/** Without `route` an update is of some regions only, and without `entry` of no other page. */
export type Update = {
  route?: Route | undefined
  regions: Regions
  entry?: HistoryEntry | undefined
  version: number
}

/**
 * The reducer. React may apply updates in another order than they came, so nothing here depends on
 * the order: of each region the newer one wins, and only regions of the route stay.
 */
export function updatePage(state: PageState, update: Update): PageState {
  const { route = state.route, entry = state.entry } = update
  const regions: Regions = {}
  for (const id of idsOf(route)) {
    const region = newerOf(update.regions[id], state.regions[id])
    if (region) regions[id] = region
  }
  tracking?.keep({ route, regions }, state, update)
  return { route, regions, entry, version: Math.max(state.version, update.version) }
}

export function newerOf(got: Region | undefined, have: Region | undefined): Region | undefined {
  return !got || (have && isLater(got.from, have.from) === false) ? have : got
}

/** Whether `a` was made after `b`; `null` if their requests overlapped on different instances. */
export function isLater(a: Dated, b: Dated): boolean | null {
  const byTime = () => a.sentAt > b.arrivedAt || (b.sentAt > a.arrivedAt ? false : null)
  return isNewer(a.stamp, b.stamp) ?? byTime()
}

/** Whether only fetching a region again can tell which of two answers has the newer one. */
export function isContested(state: PageState, regions: Regions): boolean {
  return Object.entries(regions).some(([id, { from }]) => {
    const have = state.regions[id]
    return have && isLater(from, have.from) === null
  })
}

/** Every region that the page of a route is made of. */
export function idsOf({ chain, head }: Route): string[] {
  return [...chain.map(({ id }) => id), head]
}

export function regionsOf({ regions = {} }: Payload<ReactNode>, from: Dated): Regions {
  const own: Regions = {}
  for (const id in regions) own[id] = { element: regions[id], from }
  return own
}
