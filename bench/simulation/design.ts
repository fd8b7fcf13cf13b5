import type { Random } from './random.ts'
import type { SharedRedis } from './shared-redis.ts'
import type { Timeline } from './timeline.ts'
import type { Network } from './network.ts'
import type { Worker } from './worker.ts'

/** What a reader knows of invalidations: the last number, and that of each tag it asked for. */
export type Known = { sequence: number; expired: readonly number[] }

/** How an instance learns what others have invalidated. */
export interface Design {
  readonly name: string
  /** Gives a reader on an instance what is known there of these tags. */
  learn(instance: number, tags: readonly number[], known: (known: Known) => void): void
  /** Notes an invalidation of an instance, and then says that the call may be answered. */
  tell(instance: number, tags: readonly number[], told: () => void): void
}

/** What all of a simulation shares. */
export type World = {
  timeline: Timeline
  random: Random
  network: Network
  redis: SharedRedis
  /** The processor of each instance. */
  workers: readonly Worker[]
  counts: Counts
}

export type Counts = {
  reads: number
  calls: number
  /** Round trips to Redis that a request waits for, by whom. */
  tripsOfReads: number
  tripsOfCalls: number
  /** Round trips that no request waits for, except those that store an entry. */
  polls: number
  /** Deliveries from one instance to another. */
  messages: number
  computations: number
  waited: number[]
}

export function createCounts(): Counts {
  return {
    reads: 0,
    calls: 0,
    tripsOfReads: 0,
    tripsOfCalls: 0,
    polls: 0,
    messages: 0,
    computations: 0,
    waited: [],
  }
}
