import type { Redis } from 'ioredis'
import type { Load } from '../measure.ts'
import { median } from '../results/statistics.ts'
import { startVolley, type Target } from '../servers.ts'
import { printTable, shown } from '../table.ts'
import { costOf, type Cost } from './cost.ts'
import { infoOf, type RedisServer } from './redis-server.ts'

type Case = { name: string; path: string; body?: string }

const cases = {
  kept: { name: 'kept page of 50 posts', path: '/kept' },
  shared: { name: 'page with six cached reads, in two steps', path: '/shared' },
  rendered: { name: 'page that caches nothing', path: '/posts' },
  add: { name: 'call that invalidates nothing', path: '/posts', body: '[40,2]' },
  publish: {
    name: 'call that invalidates a tag, with its page',
    path: '/shared',
    body: '["post-1"]',
  },
} satisfies Record<string, Case>

const rounds = 200

/**
 * Prints how often a request asks Redis: one at a time, and with ten at once. It gives what a kept
 * page and a call cost, in microseconds.
 */
export async function measureRequests(
  server: RedisServer,
): Promise<{ keptPage: number; call: number }> {
  const target = await startVolley({ REDIS_URL: server.url })
  const loads = Object.entries<Case>(cases).map(([key, one]) => ({
    key,
    name: one.name,
    load: loadOf(target, key, one),
  }))
  // All of these first: while there is load, this process can see no connection end.
  const figures = new Map<string, number[]>()
  for (const { key, load } of loads) figures.set(key, await oneByOne(server.redis, load))
  const costs = new Map<string, number>()
  const rows: string[][] = []
  for (const { key, name, load } of loads) {
    let cost: Cost = { perSecond: 0, processor: 0 }
    const { trips } = await countTrips(server.redis, async () => {
      const { requests, ...measured } = costOf(target, load)
      cost = measured
      return requests
    })
    costs.set(key, cost.processor)
    const all = [...(figures.get(key) ?? []), trips, cost.perSecond, cost.processor]
    rows.push([name, ...all.map(shown)])
  }
  target.stop()
  console.log(`### Requests to an instance with Redis ${server.version}, on the same machine\n`)
  printTable(
    [
      'request',
      'round trips',
      'commands',
      'p50, ms',
      'round trips, 10 at once',
      'requests/s, 10 at once',
      'µs of processor',
    ],
    rows,
  )
  return { keptPage: costs.get('kept') ?? Number.NaN, call: costs.get('publish') ?? Number.NaN }
}

/** Round trips, commands, and the median time in milliseconds. */
async function oneByOne(redis: Redis, load: Load): Promise<number[]> {
  for (let round = 0; round < 20; round++) await send(load)
  const times: number[] = []
  const { trips, commands } = await countTrips(redis, async () => {
    for (let round = 0; round < rounds; round++) times.push(await send(load))
    return rounds
  })
  return [trips, commands, median(times)]
}

function loadOf(target: Target, key: string, { path, body }: Case): Load {
  const url = target.origin + path
  if (body === undefined) return { url, headers: { 'accept-encoding': 'gzip' }, seconds: 3 }
  const headers = { 'volley-call': target.idOf(key), 'content-type': 'text/plain' }
  return { url, headers, body, seconds: 3 }
}

/** In milliseconds. */
async function send({ url, headers, body }: Load): Promise<number> {
  const start = performance.now()
  const response = await fetch(
    url,
    body === undefined ? { headers } : { method: 'POST', headers, body },
  )
  await response.text()
  if (!response.ok) throw new Error(`${url}: ${response.status}`)
  return performance.now() - start
}

/** For each request: how often Redis has read from a connection, and the commands that came. */
async function countTrips(
  redis: Redis,
  work: () => Promise<number>,
): Promise<{ trips: number; commands: number }> {
  const count = async (field: string): Promise<number> =>
    Number(await infoOf(redis, 'stats', field))
  const reads = await count('total_reads_processed')
  const commands = await count('total_commands_processed')
  const requests = await work()
  // Asking is a command too: each count has two of them between its readings.
  return {
    trips: ((await count('total_reads_processed')) - reads - 2) / requests,
    commands: ((await count('total_commands_processed')) - commands - 2) / requests,
  }
}
