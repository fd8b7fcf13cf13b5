import { expect, test } from 'vitest'
import { startCluster, type Cluster } from '../support/cluster.ts'
import { startDatabaseServer } from '../support/database-server.ts'
import { describeRedis, startRedis } from '../support/redis.ts'
import { startRedisProxy } from '../support/redis-proxy.ts'

const keys = Array.from({ length: 12 }, (_, i) => `key${i}`)
const ways = ['cached', 'tagged', 'fetched', 'kept'] as const
const writes = ['write', 'writeAndRead', 'writeAndThrow', 'writeAndRedirect'] as const

function oneOf<item>(items: readonly item[]): item {
  return items[Math.floor(Math.random() * items.length)]!
}

/** The version that a read through the balancer gives, and the process that gave it. */
async function read({ fetch }: Cluster, way: (typeof ways)[number], key: string) {
  if (way === 'kept') {
    const html = await (await fetch(`/kept/${key}`)).text()
    return Number(/id="version">(\d+)/.exec(html)?.[1])
  }
  const response = await fetch(`/read?way=${way}&key=${key}`)
  return ((await response.json()) as { value: number }).value
}

/** What the answers of calls have promised so far: no later read may give less. */
function createPromises(version: (key: string) => number) {
  const promised = new Map<string, number>()
  return {
    of: (key: string) => promised.get(key) ?? 0,
    /** The call for this key was answered; what it wrote was there before. */
    answered(key: string, before: number) {
      promised.set(key, Math.max(promised.get(key) ?? 0, before))
    },
    version,
  }
}

type Promises = ReturnType<typeof createPromises>
type Tally = { reads: number; writes: number; stale: string[] }

/** A call that a busy process refuses has had no effect, and is made again. */
async function act(cluster: Cluster, promises: Promises, tally: Tally): Promise<void> {
  const key = oneOf(keys)
  if (Math.random() < 0.2) {
    const least = promises.version(key) + 1
    const { status, text } = await cluster.call(oneOf(writes), [key])
    if (status === 503) return act(cluster, promises, tally)
    if (status !== 200 && status !== 500) throw new Error(`A call was answered ${status}: ${text}`)
    const own = /"value":\[(\d+),(\d+)\]/.exec(text)
    if (own && Number(own[2]) < Number(own[1])) tally.stale.push(`${key} in its own function`)
    promises.answered(key, least)
    tally.writes++
    return
  }
  const promised = promises.of(key)
  const way = oneOf(ways)
  const version = await read(cluster, way, key)
  if (!(version >= promised)) tally.stale.push(`${way} ${key}: ${version} after ${promised}`)
  tally.reads++
}

/** Lets as many clients as `clients` act until all have acted `count` times together. */
async function interleave(cluster: Cluster, promises: Promises, count: number): Promise<Tally> {
  const tally: Tally = { reads: 0, writes: 0, stale: [] }
  let left = count
  const client = async (): Promise<void> => {
    while (left-- > 0) await act(cluster, promises, tally)
  }
  await Promise.all(Array.from({ length: 24 }, client))
  return tally
}

describeRedis('three processes on one Redis', () => {
  test('no read that starts after the answer of a call is older than it: 10,000 interleavings', async () => {
    const redis = await startRedis()
    const database = await startDatabaseServer(4)
    const cluster = await startCluster({ redisPort: redis.port, database })
    const {
      reads,
      writes: calls,
      stale,
    } = await interleave(cluster, createPromises(database.version), 10_000)
    expect(stale).toEqual([])
    expect(reads + calls).toBe(10_000)
    // It was a cache, and each process had its share.
    expect(database.reads()).toBeLessThan(reads)
    const pids = new Set<number>()
    for (let i = 0; i < 60; i++) {
      const response = await cluster.fetch('/read?way=cached&key=key0', {
        headers: { connection: 'close' },
      })
      pids.add(((await response.json()) as { pid: number }).pid)
    }
    expect(pids).toEqual(new Set(cluster.apps.map(({ pid }) => pid)))
  }, 240_000)

  test('what one process has computed, the others need not', async () => {
    const redis = await startRedis()
    const database = await startDatabaseServer(1)
    const { apps } = await startCluster({ redisPort: redis.port, database })
    for (const app of apps) {
      const response = await app.fetch('/read?way=cached&key=shared')
      expect(await response.json()).toMatchObject({ value: 0 })
    }
    expect(database.reads()).toBe(1)
  })

  test('a submission that reaches two processes runs once', async () => {
    const redis = await startRedis()
    const database = await startDatabaseServer(50)
    const cluster = await startCluster({ redisPort: redis.port, database })
    for (let i = 0; i < 20; i++) {
      const headers = { 'volley-key': `a-key-that-nobody-guesses-${i}` }
      const answers = await Promise.all(
        cluster.apps.map(() => cluster.call('count', [`count${i}`], headers)),
      )
      const values = answers.map(({ text }) => /"value":(\d+)/.exec(text)?.[1])
      expect(values).toEqual(['1', '1', '1'])
      expect(database.version(`count${i}`)).toBe(1)
    }
  })
})

describeRedis('Redis refused, black-holed, reset, slow, and back (35)', () => {
  test.for(['refused', 'black-holed', 'reset', 'slow', 'emptied'] as const)(
    '%s: answers stay right, and are cached again within 5 s of its return',
    { timeout: 120_000 },
    async (fault) => {
      const redis = await startRedis()
      const proxy = await startRedisProxy(redis.port)
      const database = await startDatabaseServer(2)
      const cluster = await startCluster({ redisPort: proxy.port, database })
      const promises = createPromises(database.version)
      const users = async (): Promise<void> => {
        for (const user of ['ada', 'bob', 'eve']) {
          const response = await cluster.fetch(`/read?way=user&key=${user}`)
          const { value } = (await response.json()) as { value: string }
          expect(value.split(' ')[0]).toBe(user)
        }
      }
      const round = async (count: number): Promise<void> => {
        const [tally] = await Promise.all([interleave(cluster, promises, count), users()])
        expect(tally.stale).toEqual([])
      }

      await round(300)
      const faults = {
        refused: proxy.refuse,
        'black-holed': proxy.swallow,
        reset: proxy.reset,
        slow: () => proxy.delay(1_500),
        emptied: () => redis.restart('none'),
      }
      const breaking = round(600)
      await faults[fault]()
      await breaking
      await round(300)
      await proxy.back()
      const returned = performance.now()
      await round(300)
      const isCached = async (): Promise<boolean> => {
        const before = database.reads()
        const reads = cluster.apps.map(async (app) => app.fetch('/read?way=cached&key=key1'))
        await Promise.all(reads)
        return database.reads() === before
      }
      await expect.poll(isCached, { timeout: 5_000 }).toBe(true)
      expect(performance.now() - returned).toBeLessThan(15_000)
      await round(300)
      for (const app of cluster.apps) expect(app.isRunning()).toBe(true)
    },
  )

  test('a server starts and serves without its Redis, and uses it when it comes', async () => {
    const redis = await startRedis()
    const proxy = await startRedisProxy(redis.port)
    await proxy.refuse()
    const database = await startDatabaseServer(1)
    const cluster = await startCluster({ redisPort: proxy.port, database, size: 1 })
    const [app] = cluster.apps
    for (let i = 0; i < 3; i++) await app!.fetch('/read?way=cached&key=early')
    expect(database.reads()).toBe(3)
    await proxy.back()
    await expect
      .poll(
        async () => {
          const before = database.reads()
          await app!.fetch('/read?way=cached&key=early')
          return database.reads() - before
        },
        { timeout: 5_000 },
      )
      .toBe(0)
  })
})
