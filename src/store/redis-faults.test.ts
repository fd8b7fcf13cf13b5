import { setTimeout } from 'node:timers/promises'
import type { Redis } from 'ioredis'
import { expect, test } from 'vitest'
import { connectTo, describeRedis, startRedis } from '../../test/support/redis.ts'
import { startRedisProxy, type RedisProxy } from '../../test/support/redis-proxy.ts'
import { createRedisStore } from './redis-store.ts'
import type { CacheStore, Entry, Reading } from './cache-store.ts'

const tagsKey = '{volley}:tags'
const any = async (): Promise<boolean> => true

/** An instance that reaches Redis through a proxy of its own. */
async function openInstance(port: number, proxy?: RedisProxy) {
  const way = proxy ?? (await startRedisProxy(port))
  const redis = await connectTo(way.port)
  const reports: unknown[] = []
  const store = createRedisStore({ redis, report: (error) => reports.push(error) })
  return { proxy: way, redis, store, reports }
}

async function open() {
  const server = await startRedis()
  const instance = await openInstance(server.port)
  const other = await openInstance(server.port)
  return { ...instance, server, other, direct: await connectTo(server.port) }
}

async function entryOf(store: CacheStore, tag: string): Promise<Entry> {
  const { now } = (await store.read([]))!
  const until = Date.now() + 60_000
  return { value: 'a value', tags: [tag], since: now, freshUntil: until, usableUntil: until }
}

/** As whoever reads from a store judges an entry of one tag. */
function isBelieved({ since }: Entry, { now, floor, tags }: Reading): boolean {
  const isKnown = since.generation === now.generation && since.sequence >= floor
  return isKnown && tags[0]!.expired <= since.sequence
}

/** Its errors are no reason not to wait for it. */
function readyAgain(redis: Redis): Promise<void> {
  return new Promise((resolve) => {
    redis.once('ready', resolve)
  })
}

async function timeOf(work: Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work
  return performance.now() - start
}

/** The first reading, which has to come within the time that an outage may last longer than it is. */
async function firstReading(store: CacheStore, tags: readonly string[]): Promise<Reading> {
  const end = performance.now() + 2500
  for (;;) {
    const reading = await store.read(tags)
    if (reading) return reading
    if (performance.now() > end) throw new Error('It does not come back')
    await setTimeout(5)
  }
}

const faults: [string, (proxy: RedisProxy) => unknown][] = [
  ['refuses connections', (proxy) => proxy.refuse()],
  ['is silent', (proxy) => proxy.swallow()],
  ['is too slow', (proxy) => proxy.delay(3000)],
]

describeRedis('with Redis', () => {
  test.for(faults)('while it %s, nobody waits, and then all is told', async ([, fault]) => {
    const { store, proxy, reports, other } = await open()
    const entry = await entryOf(store, 'a')
    await store.keep('key', entry)
    await fault(proxy)

    expect(await timeOf(store.read(['a']))).toBeLessThan(1500)
    expect(await store.read(['a'])).toBeNull()
    const work = async () => {
      for (let i = 0; i < 20; i++) {
        expect(await store.read(['a'])).toBeNull()
        expect(await store.find('key', any)).toEqual(entry)
        expect(await store.find('no key', any)).toBeNull()
        await store.keep(`key ${i}`, entry)
        await store.invalidate([{ tag: `tag ${i}` }, { tag: 'a', staleUntil: 1 }])
      }
    }
    expect(await timeOf(work())).toBeLessThan(500)
    await setTimeout(1000)
    expect(await store.read(['a'])).toBeNull()
    expect(await store.find('key 7', any)).toEqual(entry)
    expect(reports).toHaveLength(1)

    await proxy.back()
    const reading = await firstReading(store, ['tag 0', 'tag 19', 'a'])
    expect(isBelieved(entry, reading)).toBe(false)
    expect(reading.floor).toBe(reading.now.sequence)
    const told = await other.store.read(['tag 0', 'tag 19', 'a'])
    expect(told?.tags).toEqual(reading.tags)
    expect(told?.tags[0]?.expired).toBeGreaterThan(entry.since.sequence)
    expect(told?.tags[2]?.stale).toBeGreaterThan(entry.since.sequence)
    expect(await store.find('no key', any)).toBeNull()
  })

  test('a reply that is late but in time is waited for', async () => {
    const { store, proxy, reports } = await open()
    proxy.delay(300)
    expect(await store.read(['a'])).not.toBeNull()
    expect(reports).toEqual([])
  })

  test('a connection that is reset under way is replaced', async () => {
    const { store, proxy, reports } = await open()
    for (const round of [1, 2, 3]) {
      const entry = await entryOf(store, 'a')
      proxy.delay(50)
      const late = [store.read(['a']), store.read(['b']), store.invalidate([{ tag: 'a' }])]
      await setTimeout(20)
      proxy.reset()
      expect((await Promise.all(late)).slice(0, 2)).toEqual([null, null])
      expect(isBelieved(entry, await firstReading(store, ['a']))).toBe(false)
      expect(reports).toHaveLength(round)
    }
  })

  test('a process that starts without Redis gets it when it comes', async () => {
    const { port } = await startRedis()
    const proxy = await startRedisProxy(port)
    await proxy.refuse()
    const starting = performance.now()
    const { store, reports } = await openInstance(port, proxy)
    expect(performance.now() - starting).toBeLessThan(1500)
    const entry: Entry = {
      value: 'a value',
      tags: [],
      since: { generation: '', sequence: 0 },
      freshUntil: Date.now() + 1000,
      usableUntil: Date.now() + 60_000,
    }
    await store.keep('key', entry)
    await store.invalidate([{ tag: 'a' }])
    expect(await store.read(['a'])).toBeNull()
    expect(await store.find('key', any)).toEqual(entry)
    await expect.poll(() => reports.map(String)).toEqual([expect.stringContaining('ECONNREFUSED')])
    await proxy.back()
    const { tags, now } = await firstReading(store, ['a'])
    expect(tags[0]?.expired).toBe(now.sequence)
  })

  test('a process that has Redis only at the second attempt has had an outage', async () => {
    const { port } = await startRedis()
    const proxy = await startRedisProxy(port)
    await proxy.refuse()
    const redis = await connectTo(proxy.port)
    const store = createRedisStore({ redis, report: () => undefined })
    await proxy.back()
    expect(await firstReading(store, [])).toMatchObject({ floor: 1, now: { sequence: 1 } })
  })

  test('a connection that is replaced while nobody asks has been an outage, too', async () => {
    const { store, redis, direct } = await open()
    const entry = await entryOf(store, 'a')
    const isBack = readyAgain(redis)
    await direct.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes')
    await isBack
    expect(isBelieved(entry, await firstReading(store, ['a']))).toBe(false)
  })

  test('a failure while it catches up is one of the outage', async () => {
    const { store, proxy, redis, reports } = await open()
    await store.read([])
    const isBack = readyAgain(redis)
    proxy.delay(100)
    proxy.reset()
    await isBack
    redis.emit('error', new Error('Something else'))
    await setTimeout(300)
    expect(await store.read([])).toBeNull()
    await firstReading(store, [])
    expect(reports).toHaveLength(1)
  })

  test('what was asked before a failure is not answered after it', async () => {
    const { store, proxy, direct } = await open()
    await store.invalidate([{ tag: 'a' }])
    await direct.config('SET', 'maxmemory', '1')
    proxy.delay(50)
    const invalidating = store.invalidate([{ tag: 'a' }])
    await setTimeout(20)
    expect(await store.read(['a'])).toBeNull()
    await invalidating
  })

  test('a history that cannot be read is an outage', async () => {
    const { store, direct, reports } = await open()
    await direct.set(tagsKey, 'something else')
    expect(await store.read(['a'])).toBeNull()
    expect(reports.map(String)).toEqual([expect.stringContaining('WRONGTYPE')])
    await direct.del(tagsKey)
    await firstReading(store, ['a'])
  })

  test('nobody waits where Redis answers others, but late', async () => {
    const { store, proxy, redis } = await open()
    await store.read([])
    const busy = setInterval(() => void redis.ping().catch(() => undefined), 10)
    for (let lateness = 0; lateness < 1500; lateness += 100) {
      proxy.delay(lateness)
      await setTimeout(100)
    }
    expect(redis.status).toBe('ready')
    const reading = store.read(['a'])
    expect(await timeOf(reading)).toBeLessThan(1300)
    expect(await reading).toBeNull()
    clearInterval(busy)
    await proxy.back()
    await firstReading(store, ['a'])
  })

  test('what another instance may have failed to tell is not believed after an outage', async () => {
    const { store, proxy, other, direct } = await open()
    const entry = await entryOf(other.store, 'a')
    await other.store.keep('key', entry)
    await Promise.all([proxy.refuse(), other.proxy.refuse()])
    await other.store.invalidate([{ tag: 'a' }])
    await proxy.back()
    const reading = await firstReading(store, ['a'])
    expect(reading.tags[0]?.expired).toBe(0)
    expect(isBelieved((await store.find('key', any))!, reading)).toBe(false)
    const next = await entryOf(store, 'a')
    expect(isBelieved(next, (await store.read(['a']))!)).toBe(true)
    await other.proxy.back()
    await firstReading(other.store, [])
    expect(isBelieved(next, (await store.read(['a']))!)).toBe(false)
    // Another generation has nothing to do with that.
    await direct.flushall()
    expect(isBelieved(await entryOf(store, 'a'), (await store.read(['a']))!)).toBe(true)
  })

  test.for(['none', 'saved'] as const)('a crash that leaves %s of its data', async (data) => {
    const { store, server, direct, other, reports } = await open()
    const entry = await entryOf(store, 'a')
    await store.keep('key', entry)
    await direct.save()
    await store.invalidate([{ tag: 'a' }, { tag: 'b' }])
    await server.restart(data)
    for (const instance of [store, other.store]) {
      const reading = await firstReading(instance, ['a'])
      expect(isBelieved(entry, reading)).toBe(false)
      const next = await entryOf(instance, 'b')
      expect(isBelieved(next, (await instance.read(['b']))!)).toBe(true)
      await instance.invalidate([{ tag: 'b' }])
      expect(isBelieved(next, (await instance.read(['b']))!)).toBe(false)
    }
    const [one, two] = [await store.read([]), await other.store.read([])]
    expect(one?.now).toEqual(two?.now)
    expect(reports).toHaveLength(1)
  })

  const losses: [string, (redis: Redis) => Promise<unknown>][] = [
    ['everything is deleted', (redis) => redis.flushall()],
    ['the history is evicted', (redis) => redis.del(tagsKey)],
    ['it goes back in time', (redis) => redis.hset(tagsKey, 'sequence', 2)],
  ]
  test.for(losses)('where %s, nothing from before is believed', async ([, lose]) => {
    const { store, direct, other, reports } = await open()
    for (let i = 0; i < 5; i++) await store.invalidate([{ tag: 'b' }])
    await other.store.read([])
    const entries = [await entryOf(store, 'a'), await entryOf(store, 'b')]
    await lose(direct)
    for (const instance of [store, other.store]) {
      expect(isBelieved(entries[0]!, (await instance.read(['a']))!)).toBe(false)
      expect(isBelieved(entries[1]!, (await instance.read(['b']))!)).toBe(false)
    }
    const next = await entryOf(other.store, 'b')
    expect(isBelieved(next, (await store.read(['b']))!)).toBe(true)
    await direct.flushall()
    expect(isBelieved(next, (await store.read(['b']))!)).toBe(false)
    expect(reports).toEqual([])
  })

  test.for(losses)('where %s, an invalidation may notice it first', async ([, lose]) => {
    const { store, direct } = await open()
    for (let i = 0; i < 3; i++) await store.invalidate([{ tag: 'b' }])
    const entry = await entryOf(store, 'a')
    await lose(direct)
    await store.invalidate([{ tag: 'c' }])
    expect(isBelieved(entry, (await store.read(['a']))!)).toBe(false)
  })

  test('two instances that notice a loss agree about what comes after it', async () => {
    const { store, proxy, direct, other } = await open()
    for (let i = 0; i < 5; i++) await store.invalidate([{ tag: 'b' }])
    await other.store.read([])
    await direct.hset(tagsKey, 'sequence', 2)
    // The second notices it before the first has done something about it, and comes much later.
    proxy.delay(20)
    other.proxy.delay(200)
    const readings = await Promise.all([store.read([]), other.store.read([])])
    expect(readings[0]?.now).toEqual(readings[1]?.now)
  })

  test('an invalidation that is refused is told as soon as it is not', async () => {
    const { store, direct, other, reports } = await open()
    await store.invalidate([{ tag: 'b' }])
    await direct.config('SET', 'maxmemory', '1')
    await store.invalidate([{ tag: 'a' }])
    expect(await store.read(['a'])).toBeNull()
    expect(reports.map(String)).toEqual([expect.stringContaining('OOM')])
    await setTimeout(1100)
    expect(await store.read(['a'])).toBeNull()
    await direct.config('SET', 'maxmemory', '0')
    await firstReading(store, ['a'])
    expect((await other.store.read(['a']))?.tags[0]?.expired).toBeGreaterThan(1)
    expect(reports).toHaveLength(1)
  })

  test('however many tags are invalidated at once or in an outage, all of it is told', async () => {
    const { store, proxy, redis, other, reports } = await open()
    const tags = Array.from({ length: 100_000 }, (_, i) => ({ tag: `tag ${i}` }))
    const some = ['tag 0', 'tag 50000', 'tag 99999']
    await store.invalidate(tags)
    const before = await store.read(some)
    expect(before?.tags.every(({ expired }) => expired > 0)).toBe(true)
    expect(reports).toEqual([])
    const isBack = readyAgain(redis)
    await proxy.refuse()
    await store.invalidate(tags)
    await proxy.back()
    await isBack
    const { floor, now } = await firstReading(store, [])
    const told = await other.store.read(some)
    expect(floor).toBe(now.sequence)
    expect(told?.tags.every(({ expired }) => expired > before!.now.sequence)).toBe(true)
  })

  test('scripts that Redis has forgotten are sent again', async () => {
    const { store, direct } = await open()
    await store.invalidate([{ tag: 'a' }])
    await direct.script('FLUSH')
    await store.invalidate([{ tag: 'a' }])
    expect((await store.read(['a']))?.tags[0]?.expired).toBe(2)
  })

  test('closing the connection at the end is not reported', async () => {
    const { store, redis, reports } = await open()
    await store.read([])
    await redis.quit()
    await expect.poll(() => redis.status).toBe('end')
    expect(await store.read([])).toBeNull()
    await store.invalidate([{ tag: 'a' }])
    await setTimeout(50)
    expect(reports).toEqual([])
  })
})
