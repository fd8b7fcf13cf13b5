import type { Invalidation } from '../context/invalidation.ts'
import type { RequestContext } from '../context/request-context.ts'
import type { Entry, Moment, TagState } from '../store/cache-store.ts'
import { cacheSetup } from './installed.ts'

export type Verdict = 'fresh' | 'stale' | 'expired'

/**
 * What one request knows of the history of tags. Each tag is read once in a second, so that all of a
 * page is of one time; what was invalidated before the request came is always seen.
 */
export interface Reader {
  /** A moment before now; `null` where the history cannot be read. */
  now(): Promise<Moment | null>
  judge(entry: Entry): Promise<Verdict>
}

type Known = { now: Moment; floor: number; states: Map<string, TagState> }

const readers = new WeakMap<Invalidation, { reader: Reader; since: number }>()

/** In milliseconds: what runs for longer, as a stream of events, must not see one time for ever. */
const maxAge = 1000

/** Without a request, of a reader that knows nothing yet. */
export function readerOf(context: RequestContext | undefined): Reader {
  const now = performance.now()
  const known = context && readers.get(context.invalidation)
  if (known && now - known.since < maxAge) return known.reader
  const reader = createReader(() => context?.pageTags ?? [])
  if (context) readers.set(context.invalidation, { reader, since: now })
  return reader
}

/** After an invalidation of its own a request looks again. */
export function forgetReadings(invalidation: Invalidation): void {
  readers.delete(invalidation)
}

function createReader(pageTags: () => readonly string[]): Reader {
  let known: Known | null = null

  const learn = async (tags: readonly string[]): Promise<Known | null> => {
    const missing = tags.filter((tag) => !known?.states.has(tag))
    if (known && missing.length === 0) return known
    const reading = await cacheSetup().store.read(missing)
    if (!reading) return null
    // What was read in another generation says nothing any more.
    if (known?.now.generation !== reading.now.generation) known = null
    const states: Known['states'] = known?.states ?? new Map<string, TagState>()
    for (const [i, tag] of missing.entries()) {
      const state = reading.tags[i]
      if (state) states.set(tag, state)
    }
    known = { now: reading.now, floor: reading.floor, states }
    return tags.every((tag) => states.has(tag)) ? known : learn(tags)
  }

  return {
    now: async () => (await learn(pageTags()))?.now ?? null,
    async judge(entry) {
      const time = Date.now()
      if (time >= entry.usableUntil) return 'expired'
      const own = pageTags()
      const tags = own.length === 0 ? entry.tags : [...entry.tags, ...own]
      const byTime = time >= entry.freshUntil ? 'stale' : 'fresh'
      if (tags.length === 0) return byTime
      const history = await learn(tags)
      if (!history) return 'expired'
      const { generation, sequence } = entry.since
      if (generation !== history.now.generation || sequence < history.floor) return 'expired'
      return worst(byTime, verdictOf(tags, { history, sequence, time }))
    },
  }
}

function verdictOf(
  tags: readonly string[],
  { history, sequence, time }: { history: Known; sequence: number; time: number },
): Verdict {
  let verdict: Verdict = 'fresh'
  for (const tag of tags) {
    const state = history.states.get(tag)
    if (!state || state.expired > sequence) return 'expired'
    if (state.stale > sequence) {
      if (time >= state.staleUntil) return 'expired'
      verdict = 'stale'
    }
  }
  return verdict
}

function worst(one: Verdict, other: Verdict): Verdict {
  if (one === 'expired' || other === 'expired') return 'expired'
  return one === 'stale' ? one : other
}
