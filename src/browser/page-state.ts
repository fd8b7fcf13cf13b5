import type { ReactNode } from 'react'
import type { Payload, Route } from '../wire/payload.ts'
import { isNewer, type Stamp } from '../wire/stamp.ts'
import type { HistoryEntry } from './history.ts'

/** When an answer was made: its stamp, and when its request left and its first part arrived here. */
export type Dated = { stamp: Stamp; sentAt: number; arrivedAt: number }

export type Region = Dated & { element: ReactNode }
export type Regions = Readonly<Record<string, Region>>

/** What the browser shows, or will show when React has committed every update. */
export type PageState = { route: Route; regions: Regions; entry: HistoryEntry }

/** `route` and `entry` only where the update is one of the page, not just of some regions. */
export type Update = {
  route?: Route | undefined
  regions: Regions
  entry?: HistoryEntry | undefined
}

/**
 * The reducer. React may apply updates in another order than they came, so nothing here depends on
 * the order: of each region the newer one wins, and only regions of the route stay.
 */
export function updatePage(state: PageState, update: Update): PageState {
  const { route = state.route, regions, entry = state.entry } = update
  const kept = idsOf(route).flatMap((id) => {
    const region = newerOf(regions[id], state.regions[id])
    return region ? [[id, region] as const] : []
  })
  return { route, regions: Object.fromEntries(kept), entry }
}

function newerOf(got: Region | undefined, have: Region | undefined): Region | undefined {
  return !got || (have && isLater(got, have) === false) ? have : got
}

/** Whether `a` was made after `b`; `null` if their requests overlapped on different instances. */
export function isLater(a: Dated, b: Dated): boolean | null {
  const newer = isNewer(a.stamp, b.stamp)
  if (newer !== null) return newer
  if (a.sentAt > b.arrivedAt) return true
  return b.sentAt > a.arrivedAt ? false : null
}

/** Whether which of two regions is newer can only be settled by fetching it again. */
export function isContested(state: PageState, regions: Regions): boolean {
  return Object.entries(regions).some(([id, region]) => {
    const have = state.regions[id]
    return have !== undefined && isLater(region, have) === null
  })
}

/** The page that a document begins with. */
export function initialPage(payload: Payload<ReactNode>, entry: HistoryEntry): PageState {
  const { route, stamp } = payload
  if (!route) throw new Error('The payload of this document has no route: was its HTML cut short?')
  return { route, regions: regionsOf(payload, { stamp, sentAt: 0, arrivedAt: 0 }), entry }
}

/** Every region that the page of a route is made of. */
export function idsOf({ chain, head }: Route): string[] {
  return [...chain.map(({ id }) => id), head]
}

export function regionsOf({ regions = {} }: Payload<ReactNode>, dated: Dated): Regions {
  const { stamp, sentAt, arrivedAt } = dated
  const dress = ([id, element]: [string, ReactNode]) =>
    [id, { element, stamp, sentAt, arrivedAt }] as const
  return Object.fromEntries(Object.entries(regions).map(dress))
}
