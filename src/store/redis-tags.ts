import type { Redis } from 'ioredis'
import { createCircuit } from './redis-circuit.ts'
import { createHistory } from './redis-history.ts'
import type { CacheStore, Moment } from './cache-store.ts'
import { addInvalidSlot, addInvalidTags, slotOf, untouched, type InvalidSlots } from './tag-slot.ts'

/** The history of tags in Redis. After an outage it is not read before all was told that was not. */
export function createRedisTags({
  redis,
  report,
  now,
}: {
  redis: Redis
  report: (error: unknown) => void
  now: () => number
}): Pick<CacheStore, 'read' | 'invalidate'> {
  const history = createHistory(redis, now)
  const untold: InvalidSlots = new Map()
  let floor: Moment = { generation: '', sequence: 0 }

  const tell = async (slots: InvalidSlots): Promise<Moment> => {
    const all = [...slots]
    let told = 0
    try {
      for (;;) {
        const moment = await history.tell(all.slice(told, told + portion))
        told += portion
        if (told >= all.length) return moment
      }
    } catch (error) {
      for (const [slot, until] of all.slice(told)) addInvalidSlot(untold, slot, until)
      throw error
    }
  }

  const circuit = createCircuit(redis, report, async () => {
    const slots = new Map(untold)
    untold.clear()
    // Other instances may not have told theirs yet: what was made before is not believed any more.
    floor = await tell(slots)
  })
  const ask = createBatch((wanted) => circuit.through(() => history.ask(wanted)))

  return {
    async read(tags) {
      const slots = tags.map(slotOf)
      const found = await ask(slots)
      if (!found) return null
      return {
        now: found.now,
        floor: found.now.generation === floor.generation ? floor.sequence : 0,
        tags: slots.map((slot) => found.states.get(slot) ?? untouched),
      }
    },
    async invalidate(tags) {
      await tell(addInvalidTags(new Map(), tags)).catch(circuit.fail)
    },
  }
}

/** So many slots are told at once: Redis answers nobody else until they are noted. */
const portion = 5000

/** Whatever is wanted in one turn of the event loop is asked for at once. */
function createBatch<found>(
  ask: (wanted: ReadonlySet<number>) => Promise<found>,
): (wanted: readonly number[]) => Promise<found> {
  let batch: { wanted: Set<number>; found: Promise<found> } | null = null
  const start = () => {
    const wanted = new Set<number>()
    const turn = new Promise((resolve) => {
      setImmediate(resolve)
    })
    const found = turn.then(() => {
      batch = null
      return ask(wanted)
    })
    return { wanted, found }
  }
  return (wanted) => {
    batch ??= start()
    for (const one of wanted) batch.wanted.add(one)
    return batch.found
  }
}
