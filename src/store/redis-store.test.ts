import type { Redis } from 'ioredis'
import { expect, test } from 'vitest'
import { connectTo, describeRedis, startRedis } from '../../test/support/redis.ts'
import { testStore } from '../../test/support/test-store.ts'
import { createRedisStore } from './redis-store.ts'
import type { CacheStore, Entry } from './cache-store.ts'

const report = (error: unknown): never => {
  throw error
}
const start = 1_800_000_000_000
const entry: Entry = {
  value: 'a value',
  tags: ['a'],
  since: { generation: 'any', sequence: 0 },
  freshUntil: start + 1000,
  usableUntil: start + 60_000,
}
const any = async (): Promise<boolean> => true
const name = 'volley:entry:key'

async function open(): Promise<{ redis: Redis; store: CacheStore; other: CacheStore }> {
  const { port } = await startRedis()
  const [redis, another] = [await connectTo(port), await connectTo(port)]
  const now = () => start
  const store = createRedisStore({ redis, report, now })
  return { redis, store, other: createRedisStore({ redis: another, report, now }) }
}

describeRedis('with Redis', () => {
  testStore('Redis', async (now) => {
    const { port } = await startRedis()
    return async () => createRedisStore({ redis: await connectTo(port), now, report })
  })

  test('what is read in one turn of the event loop is one question, each tag once', async () => {
    const { redis, store } = await open()
    await store.read(['a'])
    await redis.config('RESETSTAT')
    const monitor = await redis.monitor()
    const questions: string[][] = []
    monitor.on('monitor', (_time: string, words: string[]) => questions.push(words))
    const inTurn = Promise.resolve().then(() => store.read(['d', 'a']))
    const readings = [store.read(['a', 'b']), store.read(['b', 'c']), store.read([]), inTurn]
    const found = await Promise.all(readings)
    expect(found.map((reading) => reading?.tags.length)).toEqual([2, 2, 0, 2])
    await redis.ping()
    await expect.poll(() => questions.at(-1)?.[0]).toBe('ping')
    monitor.disconnect()
    const asked = questions.filter(([command]) => command === 'hmget')
    expect(asked).toHaveLength(1)
    expect(asked[0]).toHaveLength(4 + 4)
    expect(new Set(asked[0]).size).toBe(4 + 4)
  })

  test('what this process holds and accepts is not asked for', async () => {
    const { redis, store, other } = await open()
    await store.keep('key', entry)
    await other.find('key', any)
    await redis.del(name)
    expect(await store.find('key', any)).toEqual(entry)
    expect(await other.find('key', any)).toEqual(entry)
  })

  test('an entry is in Redis for as long as it is usable', async () => {
    const { redis, store } = await open()
    await store.keep('key', entry)
    const left = await redis.pttl(name)
    expect(left).toBeGreaterThan(55_000)
    expect(left).toBeLessThanOrEqual(60_000)
    await store.keep('old', { ...entry, usableUntil: start })
    await store.keep('lasting', { ...entry, usableUntil: 8.64e15 })
    expect((await redis.keys('*')).toSorted()).toEqual(['volley:entry:key', 'volley:entry:lasting'])
  })

  test('an entry that is usable for ever is in Redis for a year', async () => {
    const { redis, store } = await open()
    const year = 365 * 24 * 60 * 60_000
    for (const usableUntil of [8.64e15, Infinity]) {
      await store.keep('key', { ...entry, usableUntil })
      expect(await redis.pttl(name)).toBeGreaterThan(year - 10_000)
      expect(await redis.pttl(name)).toBeLessThanOrEqual(year)
    }
  })

  test('an entry of more than 8 MB stays in this process', async () => {
    const { redis, store } = await open()
    const value = 'x'.repeat(8 * 1024 * 1024)
    await store.keep('key', { ...entry, value })
    expect(await store.find('key', any)).toMatchObject({ value })
    expect(await redis.exists(name)).toBe(0)
  })

  test('one that was kept while another was fetched is not replaced by it', async () => {
    const { store, other } = await open()
    const newer = { ...entry, value: 'newer' }
    await other.keep('key', entry)
    await store.find('key', async () => {
      await store.keep('key', newer)
      return true
    })
    expect(await store.find('key', any)).toEqual(newer)
  })

  test.for(['', 'text', '{}', '\n', 'null\nvalue', '[1]'])(
    'what is no entry is not found: %j',
    async (text) => {
      const { redis, store } = await open()
      await redis.set(name, text)
      expect(await store.find('key', any)).toBeNull()
    },
  )

  test('however many tags were invalidated, they are fields of one key', async () => {
    const { redis, store } = await open()
    for (let i = 0; i < 10; i++) {
      await store.invalidate(Array.from({ length: 1000 }, (_, n) => ({ tag: `tag ${i} ${n}` })))
    }
    expect(await redis.keys('*')).toEqual(['{volley}:tags'])
    expect(await redis.hlen('{volley}:tags')).toBeGreaterThan(9000)
  })

  test('a refusal of entries is reported once, until one is kept', async () => {
    const { redis } = await open()
    const reports: unknown[] = []
    const store = createRedisStore({
      redis,
      report: (error) => reports.push(error),
      now: () => start,
    })
    for (const round of [1, 2]) {
      await redis.config('SET', 'maxmemory', '1')
      for (let i = 0; i < 3; i++) await store.keep('key', entry)
      expect(reports.map(String)).toEqual(
        Array.from({ length: round }, () => expect.stringContaining('OOM')),
      )
      expect(await store.find('key', any)).toEqual(entry)
      expect(await store.read(['a'])).not.toBeNull()
      await redis.config('SET', 'maxmemory', '0')
      await store.keep('key', entry)
    }
  })
})
