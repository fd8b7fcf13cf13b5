import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type {
  CacheStore,
  Entry,
  InvalidTag,
  Moment,
  TagState,
} from '../../src/store/cache-store.ts'

/** Opens one more instance of a store that is empty at first; `now` is its clock. */
export type OpenStore = () => Promise<CacheStore>

const start: Moment = { generation: 'any', sequence: 0 }
const someEntry: Entry = {
  value: 'a value',
  tags: ['a', 'b'],
  since: start,
  freshUntil: 1e15 + 1,
  usableUntil: 1e15 + 2,
}
const any = async (): Promise<boolean> => true
const none = async (): Promise<boolean> => false

/** The contract of `CacheStore` as tests: every kind of store runs them. */
export function testStore(name: string, create: (now: () => number) => Promise<OpenStore>): void {
  describe(`a ${name} store`, () => {
    testEntries(create)
    testTags(create)
  })
}

function testEntries(create: (now: () => number) => Promise<OpenStore>): void {
  const openTwo = async () => {
    const open = await create(Date.now)
    return [await open(), await open()] as const
  }

  test('an entry is found by every instance', async () => {
    const [one, other] = await openTwo()
    await one.keep('key', someEntry)
    expect(await one.find('key', any)).toEqual(someEntry)
    expect(await other.find('key', any)).toEqual(someEntry)
    expect(await other.find('key', any)).toEqual(someEntry)
  })

  test('a key that nothing was kept for has no entry', async () => {
    const [store] = await openTwo()
    await store.keep('key', someEntry)
    expect(await store.find('keys', any)).toBeNull()
  })

  test('an entry that is not accepted is not found, and is offered again', async () => {
    const [one, other] = await openTwo()
    await one.keep('key', someEntry)
    for (const store of [one, other]) {
      expect(await store.find('key', none)).toBeNull()
      expect(await store.find('key', any)).toEqual(someEntry)
    }
  })

  test('an entry takes the place of the one before, on every instance that has none', async () => {
    const [one, other] = await openTwo()
    const newer = { ...someEntry, value: 'newer' }
    await one.keep('key', someEntry)
    await one.keep('key', newer)
    expect(await one.find('key', any)).toEqual(newer)
    expect(await other.find('key', any)).toEqual(newer)
  })

  test('an instance that holds an older entry finds the newer one where it wants that', async () => {
    const [one, other] = await openTwo()
    await one.keep('key', someEntry)
    await other.find('key', any)
    await one.keep('key', { ...someEntry, value: 'newer' })
    const found = await other.find('key', async ({ value }) => value === 'newer')
    expect(found?.value).toBe('newer')
    expect((await other.find('key', any))?.value).toBe('newer')
  })

  test('an entry that is dropped is gone, for whoever has not read it', async () => {
    const [one, other] = await openTwo()
    await one.keep('key', someEntry)
    await one.drop('key')
    await one.drop('never kept')
    expect(await one.find('key', any)).toBeNull()
    expect(await other.find('key', any)).toBeNull()
  })

  test('whatever an entry holds comes back as it was', async () => {
    const [one, other] = await openTwo()
    const bytes = fc.uint8Array().map((codes) => String.fromCharCode(...codes))
    const halves = fc.uint16Array().map((codes) => String.fromCharCode(...codes))
    const texts = fc.oneof(fc.string({ unit: 'binary' }), bytes, halves)
    const entries = fc.record({
      value: texts,
      tags: fc.array(texts),
      since: fc.record({ generation: fc.uuid(), sequence: fc.nat() }),
      freshUntil: fc.double({ min: 0, max: 8.64e15, noNaN: true }).map(Math.abs),
      usableUntil: fc.double({ min: 4e12, max: 8.64e15, noNaN: true }),
    })
    let count = 0
    await fc.assert(
      fc.asyncProperty(fc.string(), entries, async (text, entry) => {
        const key = `${++count} ${text}`
        await one.keep(key, entry)
        expect(await one.find(key, any)).toEqual(entry)
        expect(await other.find(key, any)).toEqual(entry)
      }),
    )
  })
}

function testTags(create: (now: () => number) => Promise<OpenStore>): void {
  test('a tag that was never invalidated has no numbers', async () => {
    const open = await create(Date.now)
    const reading = await (await open()).read(['a'])
    expect(reading).toEqual({
      now: { generation: expect.any(String), sequence: 0 },
      floor: 0,
      tags: [{ expired: 0, stale: 0, staleUntil: 0 }],
    })
    expect(await (await open()).read([])).toEqual({ ...reading, tags: [] })
  })

  test('tags are read in the order in which they were asked for, twice where asked twice', async () => {
    const store = await (await create(Date.now))()
    await store.invalidate([{ tag: 'b' }])
    await store.invalidate([{ tag: 'a' }])
    const order = ['a', 'b', 'c', 'a']
    expect((await store.read(order))?.tags.map(({ expired }) => expired)).toEqual([2, 1, 0, 2])
  })

  test('those who read at the same time each get what they asked for', async () => {
    const store = await (await create(Date.now))()
    await store.invalidate([{ tag: 'b' }])
    const readings = await Promise.all([['a', 'b'], ['b'], []].map((tags) => store.read(tags)))
    const found = readings.map((reading) => reading?.tags.map(({ expired }) => expired))
    expect(found).toEqual([[0, 1], [1], []])
  })

  test('an invalidation that has settled is seen by every instance', async () => {
    const open = await create(Date.now)
    const stores = [await open(), await open()]
    for (let i = 1; i <= 6; i++) {
      await stores[i % 2]!.invalidate([{ tag: `tag ${i}` }, { tag: 'all' }])
      for (const store of stores) {
        const reading = await store.read([`tag ${i}`, 'all'])
        expect(reading?.now.sequence).toBe(i)
        expect(reading?.tags.map(({ expired }) => expired)).toEqual([i, i])
      }
    }
  })

  test('a moment that was read before an invalidation is before it', async () => {
    const open = await create(Date.now)
    const [one, other] = [await open(), await open()]
    const before = await one.read([])
    await other.invalidate([{ tag: 'late' }])
    const after = await one.read(['late'])
    expect(after?.now.generation).toBe(before?.now.generation)
    expect(after?.tags[0]?.expired).toBeGreaterThan(before!.now.sequence)
    expect(after?.tags[0]?.expired).toBeLessThanOrEqual(after!.now.sequence)
  })

  test('of two invalidations of a tag in one call the stricter counts', async () => {
    const store = await (await create(() => 0))()
    await store.invalidate([{ tag: 'a', staleUntil: 9 }, { tag: 'a' }, { tag: 'b', staleUntil: 9 }])
    await store.invalidate([
      { tag: 'b', staleUntil: 5 },
      { tag: 'b', staleUntil: 7 },
    ])
    expect((await store.read(['a', 'b']))?.tags).toEqual([
      { expired: 1, stale: 0, staleUntil: 0 },
      { expired: 0, stale: 2, staleUntil: 5 },
    ])
  })

  test('no entry is served longer than any of its invalidations allows, nor shorter than all', async () => {
    let time = 1
    const open = await create(() => time)
    const stores = [await open(), await open()]
    let run = 0
    await fc.assert(
      fc.asyncProperty(fc.array(steps, { maxLength: 20 }), async (all) => {
        const tags = ['a', 'b', 'c'].map((tag) => `${tag} of run ${run}`)
        run++
        const done: Done[] = []
        for (const { wait, instance, tag, lasts } of all) {
          time += wait
          const invalid: InvalidTag = { tag: tags[tag]! }
          if (lasts !== null) invalid.staleUntil = time + lasts
          await stores[instance]!.invalidate([invalid])
          const { now } = (await stores[instance]!.read([]))!
          done.push({
            number: now.sequence,
            tag: invalid.tag,
            until: invalid.staleUntil ?? 0,
            time,
          })
        }
        const reading = (await stores[run % 2]!.read(tags))!
        const moments = [0, ...done.map(({ number }) => number)]
        for (const [i, tag] of tags.entries()) {
          const own = done.filter((invalidation) => invalidation.tag === tag)
          for (const [since, at] of moments.flatMap((number) => times(number, time))) {
            expect(allowed(own, since, at)).toContain(verdict(reading.tags[i]!, since, at))
          }
        }
      }),
    )
  })
}

const steps = fc.record({
  wait: fc.nat(5),
  instance: fc.nat(1),
  tag: fc.nat(2),
  lasts: fc.option(fc.integer({ min: 1, max: 9 })),
})

type Done = { number: number; tag: string; until: number; time: number }

const times = (since: number, now: number) => [0, 3, 10].map((wait) => [since, now + wait] as const)

/** What may become of an entry, of those invalidations of its tag. */
function allowed(own: readonly Done[], since: number, at: number): string[] {
  const [first, ...later] = own.filter(({ number }) => number > since)
  if (!first) return ['fresh']
  if ([first, ...later].some(({ until }) => at >= until)) return ['expired']
  // One that was still pending may shorten those after it.
  const isFree = own.every(({ until }) => until === 0 || until <= first.time || at < until)
  return isFree ? ['stale'] : ['stale', 'expired']
}

/** As whoever reads from a store judges an entry. */
function verdict({ expired, stale, staleUntil }: TagState, since: number, at: number): string {
  if (expired > since) return 'expired'
  if (stale <= since) return 'fresh'
  return at < staleUntil ? 'stale' : 'expired'
}
