/**
 * Where cached values and the history of their tags are kept: in this process, or in Redis for all
 * instances. `testStore()` is the contract as tests.
 *
 * Every invalidation gets the next number of one sequence and is noted at each of its tags. An entry
 * remembers which number was the last before its computation started: it is valid as long as no tag
 * of it was noted with a later one. So neither clocks nor messages between instances are needed, and
 * a computation that overlaps with an invalidation can never make its result look newer than it is.
 */
export interface CacheStore {
  /**
   * The first entry of this key that `accept` wants, of those that this process and then the shared
   * store hold. A store that cannot be asked holds none.
   */
  find(key: string, accept: (entry: Entry) => Promise<boolean>): Promise<Entry | null>
  /** Keeps an entry in place of others of its key. It never rejects: what is not kept is a miss. */
  keep(key: string, entry: Entry): Promise<void>
  /** Forgets the entry of this key, here and in the shared store. It never rejects either. */
  drop(key: string): Promise<void>
  /** What was noted at these tags, in their order; `null` while that cannot be known. */
  read(tags: readonly string[]): Promise<Reading | null>
  /**
   * Notes an invalidation. Settles when every later `read` of every instance sees it. Where the
   * shared store cannot be reached, it settles all the same: until it was told, `read` gives `null`.
   */
  invalidate(tags: readonly InvalidTag[]): Promise<void>
}

/** A place in the history of a store; another generation has nothing to do with this one. */
export type Moment = { generation: string; sequence: number }

export type Entry = {
  /** Text, or bytes as one character each. */
  value: string
  tags: readonly string[]
  /** Before its computation started. */
  since: Moment
  /** Until then it is fresh, and until then it may be served while it is made again: milliseconds since 1970. */
  freshUntil: number
  usableUntil: number
}

export type Reading = {
  now: Moment
  /** Entries from before this number are not believed: the store could not be reached after it. */
  floor: number
  tags: readonly TagState[]
}

/** The numbers of a tag's last invalidations, 0 for none. */
export type TagState = {
  expired: number
  stale: number
  /** Until then stale entries may be served: milliseconds since 1970. */
  staleUntil: number
}

/** `staleUntil` lets entries be served for a while; without it they are expired. */
export type InvalidTag = { tag: string; staleUntil?: number }
