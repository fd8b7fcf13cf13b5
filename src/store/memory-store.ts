import { createLocalEntries } from './local-entries.ts'
import type { CacheStore, Moment, TagState } from './cache-store.ts'
import { addInvalidTags, noted, slotOf, untouched } from './tag-slot.ts'

/** A store of this process. `maxSize` is in bytes, `now` gives milliseconds since 1970. */
export function createMemoryStore({
  maxSize,
  now = Date.now,
}: { maxSize?: number; now?: () => number } = {}): CacheStore {
  const entries = createLocalEntries(maxSize)
  const slots = new Map<number, TagState>()
  let moment: Moment = { generation: 'memory', sequence: 0 }

  return {
    async find(key, accept) {
      const entry = entries.get(key)
      return entry && (await accept(entry)) ? entry : null
    },
    async keep(key, entry) {
      entries.set(key, entry)
    },
    async drop(key) {
      entries.delete(key)
    },
    async read(tags) {
      return {
        now: moment,
        floor: 0,
        tags: tags.map((tag) => slots.get(slotOf(tag)) ?? untouched),
      }
    },
    async invalidate(tags) {
      const sequence = moment.sequence + 1
      moment = { ...moment, sequence }
      for (const [slot, until] of addInvalidTags(new Map(), tags)) {
        const state = slots.get(slot) ?? untouched
        slots.set(slot, noted(state, sequence, { until, now: now() }))
      }
    },
  }
}
