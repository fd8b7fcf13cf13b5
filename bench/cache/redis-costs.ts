import type { Redis } from 'ioredis'
import { cached } from '../../src/cache/cached.ts'
import { cacheSetup, installCache } from '../../src/cache/installed.ts'
import { cachedCall } from '../../src/flight/cached-call.ts'
import type { CacheStore } from '../../src/store/cache-store.ts'
import { connectRedis } from '../../src/store/redis-connection.ts'
import { createRedisStore } from '../../src/store/redis-store.ts'
import { median } from '../results/statistics.ts'
import { infoOf } from './redis-server.ts'

/**
 * A script: `redis-costs.ts <url>` measures how long one process waits for Redis, in microseconds,
 * and how much of its processor Redis needs for each operation. It prints JSON.
 */
export type RedisCosts = {
  latency: { ping: Latency; hit: Latency; invalidation: Latency }
  processor: { read: number; get: number; set: number; tell: number; push: number }
}

export type Latency = { p50: number; p99: number }

const url = process.argv[2] ?? ''
const instances = 16
const rounds = 3000
const tags = ['page:/posts', 'layout:/', 'layout:/posts', 'posts']
const entry = Buffer.alloc(2500, 'x')

const redis = await connectRedis(url)
const store = storeOf(redis)
installCache({ ...cacheSetup(), store, callOf: cachedCall })
const others = await Promise.all(Array.from({ length: instances }, () => connectRedis(url)))
const read = cached(async (author: string) => author, { tags: (author) => ['posts', author] })

const costs: RedisCosts = {
  latency: {
    ping: await latencyOf(() => redis.ping()),
    hit: await latencyOf(() => read('ada')),
    invalidation: await latencyOf((round) => store.invalidate([{ tag: `post:${round}` }])),
  },
  processor: {
    read: await costOf((one) => one.store.read(tags)),
    set: await costOf((one) => one.redis.set('bench:entry', entry, 'PX', 60_000)),
    get: await costOf((one) => one.redis.getBuffer('bench:entry')),
    tell: await costOf(({ store: own }, round) =>
      own.invalidate([{ tag: `post:${round}` }, { tag: 'author:ada' }]),
    ),
    push: await pushCost(),
  },
}
console.log(JSON.stringify(costs))
for (const connection of [redis, ...others]) connection.disconnect()

function storeOf(connection: Redis): CacheStore {
  return createRedisStore({ redis: connection, report: console.error })
}

/** One after the other. */
async function latencyOf(work: (round: number) => Promise<unknown>): Promise<Latency> {
  const times: number[] = []
  for (let round = -500; round < rounds; round++) {
    const start = performance.now()
    await work(round)
    if (round >= 0) times.push((performance.now() - start) * 1000)
  }
  const p99 = times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.99)] ?? Number.NaN
  return { p50: median(times), p99 }
}

type Instance = { redis: Redis; store: CacheStore }

/** Each of some instances sends one command at a time, as where each serves one request at a time. */
async function costOf(work: (one: Instance, round: number) => Promise<unknown>): Promise<number> {
  const each = others.map((connection) => ({ redis: connection, store: storeOf(connection) }))
  const before = await processorTime()
  await Promise.all(
    each.map(async (one) => {
      for (let round = 0; round < rounds; round++) await work(one, round)
    }),
  )
  return ((await processorTime()) - before) / (instances * rounds)
}

/** Of a message to one subscriber of many. */
async function pushCost(): Promise<number> {
  await Promise.all(others.map((connection) => connection.subscribe('bench')))
  const before = await processorTime()
  for (let round = 0; round < rounds; round++) await redis.publish('bench', 'post:1,author:ada')
  return ((await processorTime()) - before) / (instances * rounds)
}

/** In microseconds. */
async function processorTime(): Promise<number> {
  const [user, system] = [
    await infoOf(redis, 'cpu', 'used_cpu_user'),
    await infoOf(redis, 'cpu', 'used_cpu_sys'),
  ]
  return (Number(user) + Number(system)) * 1e6
}
