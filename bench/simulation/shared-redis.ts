import type { Measured } from '../cache/measured.ts'
import type { Network } from './network.ts'
import type { Timeline } from './timeline.ts'
import { tagCount } from './truth.ts'
import { createWorker } from './worker.ts'

/** What was made for a page: of which data, and the last invalidation before its computation began. */
export type Made = { versions: readonly number[]; since: number }

/** The history of tags: the number of the last invalidation, and that of each tag. */
export type History = { sequence: number; expired: Int32Array }

export function createHistory(): History {
  return { sequence: 0, expired: new Int32Array(tagCount) }
}

export type Trip<reply> = {
  /** Processor time that Redis needs. */
  cost: number
  handle: () => reply
  reply: (reply: reply) => void
}

/** One Redis: a single core, that all instances reach over the network. */
export type SharedRedis = {
  costs: Measured['redis']
  history: History
  entries: Map<number, Made>
  trip: <reply>(trip: Trip<reply>) => void
  /** Notes an invalidation; only what a trip handles may. */
  note: (tags: readonly number[]) => number
  busy: () => number
}

export function createSharedRedis(
  timeline: Timeline,
  { network, costs }: { network: Network; costs: Measured['redis'] },
): SharedRedis {
  const worker = createWorker(timeline)
  const history = createHistory()
  return {
    costs,
    history,
    entries: new Map(),
    trip({ cost, handle, reply }) {
      network.send(() =>
        worker.work(cost, () => {
          const found = handle()
          network.send(() => reply(found))
        }),
      )
    },
    note(tags) {
      history.sequence++
      for (const tag of tags) history.expired[tag] = history.sequence
      return history.sequence
    },
    busy: worker.busy,
  }
}
