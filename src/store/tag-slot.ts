import { tagNumber } from '../wire/tag.ts'
import type { InvalidTag, TagState } from './cache-store.ts'

/** So many that two tags of an app hardly ever share one, and few enough to keep all of them. */
const slotCount = 2 ** 18

/** Invalidations are noted at slots: tags that share one are invalidated together. */
export function slotOf(tag: string): number {
  return tagNumber(tag) % slotCount
}

/** Until when the entries of these slots may be served, stale; 0 where they are expired. */
export type InvalidSlots = Map<number, number>
export type InvalidSlot = readonly [slot: number, until: number]

/** Of two invalidations of a slot the stricter counts. */
export function addInvalidTags(to: InvalidSlots, tags: readonly InvalidTag[]): InvalidSlots {
  for (const { tag, staleUntil = 0 } of tags) addInvalidSlot(to, slotOf(tag), staleUntil)
  return to
}

export function addInvalidSlot(to: InvalidSlots, slot: number, until: number): void {
  to.set(slot, Math.min(until, to.get(slot) ?? until))
}

export const untouched: TagState = { expired: 0, stale: 0, staleUntil: 0 }

/** An invalidation, whose number is `number`, noted at a slot. In Redis a script does the same. */
export function noted(
  state: TagState,
  number: number,
  { until, now }: { until: number; now: number },
): TagState {
  const { expired, stale, staleUntil } = state
  if (until === 0) return { ...state, expired: number }
  const isNoted = stale > expired
  // Who was promised less is not made to take more.
  if (isNoted && staleUntil > now) {
    return { expired, stale: number, staleUntil: Math.min(staleUntil, until) }
  }
  return { expired: isNoted ? stale : expired, stale: number, staleUntil: until }
}
