import type { Measured } from '../cache/measured.ts'
import { createCounts, type Counts, type Design, type World } from './design.ts'
import { createInstance } from './instance.ts'
import { createNetwork } from './network.ts'
import { createPopularity, createRandom } from './random.ts'
import { createSharedRedis } from './shared-redis.ts'
import { createTimeline } from './timeline.ts'
import { createTruth, pageCount, type StaleReads } from './truth.ts'
import { createWorker } from './worker.ts'

export type Scenario = {
  instances: number
  /** Requests in a second, to each instance. */
  rate: number
  /** In all. */
  requests: number
  /** One of so many is a call. */
  requestsPerCall: number
  seed: number
}

export type Result = {
  design: string
  counts: Counts
  stale: StaleReads
  /** The share of its time that Redis works. */
  load: number
}

/** Lets that many requests come to instances that share a Redis, at times and places left to chance. */
export function simulate(
  { instances, rate, requests, requestsPerCall, seed }: Scenario,
  { measured, createDesign }: { measured: Measured; createDesign: (world: World) => Design },
): Result {
  const timeline = createTimeline()
  const random = createRandom(seed)
  const network = createNetwork(timeline, { random, roundTrip: measured.roundTrip })
  const world: World = {
    timeline,
    random,
    network,
    redis: createSharedRedis(timeline, { network, costs: measured.redis }),
    workers: Array.from({ length: instances }, () => createWorker(timeline)),
    counts: createCounts(),
  }
  const truth = createTruth(timeline)
  const design = createDesign(world)
  const all = world.workers.map((_, index) =>
    createInstance(world, { index, design, truth, costs: measured.instance }),
  )
  const pickPage = createPopularity(pageCount)
  const traffic = createRandom(seed + 1)
  const duration = (requests / rate / instances) * 1e6

  const arrive = (): void => {
    const kind = traffic.below(requestsPerCall) === 0 ? 'call' : 'read'
    all[traffic.below(instances)]?.[kind](pickPage(traffic))
    timeline.after(traffic.exponential(1e6 / rate / instances), arrive)
  }
  arrive()
  timeline.run(duration)
  return {
    design: design.name,
    counts: world.counts,
    stale: truth.stale(),
    load: world.redis.busy() / duration,
  }
}
