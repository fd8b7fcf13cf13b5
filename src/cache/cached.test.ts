import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { contextRequest } from '../../test/support/context-request.ts'
import { useMemoryCache } from '../../test/support/memory-cache.ts'
import { cookies } from '../context/request-state.ts'
import { createContext, runInContext, type RequestContext } from '../context/request-context.ts'
import type { CacheStore } from '../store/cache-store.ts'
import { createMemoryStore } from '../store/memory-store.ts'
import { tagsOfPage } from '../wire/tag.ts'
import { cacheTag } from './cache-tag.ts'
import { cached, unstableCache } from './cached.ts'
import { cacheSetup, installCache } from './installed.ts'
import { cacheLife } from './life.ts'
import { refresh, revalidatePath, revalidateTag, updateTag } from './revalidate.ts'
import { tellInvalidations } from './tell-invalidations.ts'
import { at, cache } from './use-cache.ts'

const { background, reported } = useMemoryCache()
let now = 0

beforeEach(() => {
  now = 1_000_000
  vi.spyOn(Date, 'now').mockImplementation(() => now)
})

const seconds = (count: number): void => {
  now += count * 1000
}

function request(phase: RequestContext['phase'] = 'render', path?: string): RequestContext {
  const context = createContext(phase, 'somewhere', contextRequest())
  if (path !== undefined) context.pageTags = tagsOfPage(path, path)
  return context
}

/** What `work` gives in a request of its own. */
function visit<result>(work: () => Promise<result>, path?: string): Promise<result> {
  return runInContext(request('render', path), work)
}

/** A call that invalidates, and is answered when everybody knows. */
async function call(work: () => unknown): Promise<void> {
  const context = request('function')
  await runInContext(context, async () => work())
  await tellInvalidations(context)
}

/** A cached function that counts its runs. */
function counter(options: Parameters<typeof cached<[of?: string], string>>[1] = {}) {
  const run = vi.fn(async (of = 'one') => `${of} ${run.mock.calls.length}`)
  return { run, read: cached(run, options) }
}

test('a result is kept for all visitors', async () => {
  const { run, read } = counter()
  expect(await visit(read)).toBe('one 1')
  expect(await visit(read)).toBe('one 1')
  expect(await read()).toBe('one 1')
  expect(run).toHaveBeenCalledTimes(1)
})

test('arguments tell results apart, and so does what is left out only by name', async () => {
  const { run, read } = counter()
  expect(await read('a')).toBe('a 1')
  expect(await read('b')).toBe('b 2')
  expect(await read(undefined)).toBe('one 3')
  expect(await read()).toBe('one 3')
  expect(run).toHaveBeenCalledTimes(3)
})

test('the key tells results of functions of the same text apart', async () => {
  const make = (source: string, key: string) => cached(async () => source, { key })
  expect(await make('a', 'a')()).toBe('a')
  expect(await make('b', 'b')()).toBe('b')
})

test('the place that the compiler knows tells functions of the same text apart', async () => {
  const make = (source: string, id: string) => at(cached, id)(async () => source)
  expect(await make('a', 'app/a.ts#read:1')()).toBe('a')
  expect(await make('b', 'app/b.ts#read:1')()).toBe('b')
})

test('cached() is named in messages as its place is', async () => {
  const read = at(cached, 'app/user.ts#getUser:1')(cookies as () => Promise<unknown>)
  await expect(visit(() => read())).rejects.toThrow('in cached work (app/user.ts#getUser)')
})

test('values come back as they were, as copies', async () => {
  const value = {
    map: new Map([['a', new Date(5)]]),
    set: new Set([1n, undefined]),
    list: [Number.NaN, -0, '$text'],
    bytes: new Uint8Array([1, 2, 250]),
  }
  const read = cached(async () => value)
  const [first, second] = [await read(), await read()]
  expect(first).toEqual(value)
  expect(second).toEqual(value)
  expect(second).not.toBe(first)
})

test('an error is not kept, and reaches all who wait for it as it was thrown', async () => {
  const error = new Error('no database')
  const run = vi.fn(() => Promise.reject(error))
  const read = cached(run)
  const results = await Promise.allSettled([read(), read()])
  expect(results).toEqual(Array.from({ length: 2 }, () => ({ status: 'rejected', reason: error })))
  expect(run).toHaveBeenCalledTimes(1)
  await expect(read()).rejects.toBe(error)
  expect(run).toHaveBeenCalledTimes(2)
})

test('a thousand readers at once make one computation, also of one that has expired', async () => {
  const { run, read } = counter({ tags: ['a'] })
  const many = () => Promise.all(Array.from({ length: 1000 }, () => visit(read)))
  expect(new Set(await many())).toEqual(new Set(['one 1']))
  await call(() => updateTag('a'))
  expect(new Set(await many())).toEqual(new Set(['one 2']))
  expect(run).toHaveBeenCalledTimes(2)
})

test('a tag makes only what carries it out of date', async () => {
  const tagged = counter({ tags: (of = '') => ['posts', `post:${of}`] })
  const other = counter({ tags: ['users'] })
  const read = async () => [await tagged.read('7'), await tagged.read('8'), await other.read()]
  await visit(read)
  await call(() => updateTag('post:7'))
  expect(await visit(read)).toEqual(['7 3', '8 2', 'one 1'])
  await call(() => revalidateTag('posts'))
  expect(await visit(read)).toEqual(['7 4', '8 5', 'one 1'])
})

test('a function reads what it has just invalidated anew, and others after its answer', async () => {
  const { read } = counter({ tags: ['a'] })
  await visit(read)
  await call(async () => {
    expect(await read()).toBe('one 1')
    updateTag('a')
    expect(await read()).toBe('one 2')
    expect(await read()).toBe('one 2')
  })
  expect(await visit(read)).toBe('one 2')
})

test('a computation that overlaps with an invalidation is no fresh result for later readers', async () => {
  const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  let value = 'old'
  let runs = 0
  const read = cached(async () => {
    const seen = value
    await gates[runs++]?.promise
    // The tag is named when the value was read long ago.
    cacheTag('a')
    return seen
  })
  const early = visit(read)
  await vi.waitFor(() => expect(runs).toBe(1))
  value = 'new'
  await call(() => updateTag('a'))
  const late = visit(read)
  gates[0]?.resolve()
  gates[1]?.resolve()
  expect(await early).toBe('old')
  expect(await late).toBe('new')
  expect(await visit(read)).toBe('new')
})

test('readers that come while an overtaken computation runs share the next one', async () => {
  const gate = Promise.withResolvers<void>()
  let runs = 0
  const read = cached(
    async () => {
      const run = ++runs
      if (run === 1) await gate.promise
      return run
    },
    { tags: ['a'] },
  )
  const first = visit(read)
  await vi.waitFor(() => expect(runs).toBe(1))
  await call(() => updateTag('a'))
  const later = Array.from({ length: 100 }, () => visit(read))
  gate.resolve()
  expect(await first).toBe(1)
  expect(new Set(await Promise.all(later))).toEqual(new Set([2]))
})

test('revalidatePath() makes what the page reads out of date, for the page', async () => {
  const { read } = counter()
  await visit(read, '/posts')
  await call(() => revalidatePath('/users'))
  expect(await visit(read, '/posts')).toBe('one 1')
  await call(() => revalidatePath('/posts'))
  expect(await visit(read, '/posts')).toBe('one 2')
  expect(await visit(read, '/users')).toBe('one 2')
})

test.for([
  ['/', 'layout', true],
  ['/blog', 'layout', true],
  ['/blog/[slug]', 'page', true],
  ['/blog/[slug]', 'layout', true],
  ['/blog/a', undefined, true],
  ['/blog', 'page', false],
  ['/blog/b', undefined, false],
  ['/blog/[id]', 'page', false],
] as const)('revalidatePath(%j, %j) reaches /blog/a: %j', async ([path, type, reaches]) => {
  const { read } = counter()
  const page = request('render')
  page.pageTags = tagsOfPage('/blog/a', 'blog/[slug]')
  await runInContext(page, read)
  await call(() => revalidatePath(path, type))
  const again = request('render')
  again.pageTags = page.pageTags
  expect(await runInContext(again, read)).toBe(reaches ? 'one 2' : 'one 1')
})

test('several reads at once after an invalidation are all fresh', async () => {
  const memory = createMemoryStore()
  const { track, report, build, callOf } = cacheSetup()
  const slow: CacheStore = {
    ...memory,
    invalidate: async (tags) => {
      await new Promise((resolve) => setTimeout(resolve, 20))
      return memory.invalidate(tags)
    },
  }
  installCache({ store: slow, track, report, build, callOf })
  const { read } = counter({ tags: ['a'] })
  await visit(read)
  await call(async () => {
    await read()
    updateTag('a')
    expect(await Promise.all([read(), read()])).toEqual(['one 2', 'one 2'])
  })
})

test('an answer waits for an invalidation that a read is telling', async () => {
  const told: string[] = []
  const memory = createMemoryStore()
  const gate = Promise.withResolvers<void>()
  const invalidate: CacheStore['invalidate'] = async (tags) => {
    await gate.promise
    told.push(...tags.map(({ tag }) => tag))
  }
  installCache({ ...cacheSetup(), store: { ...memory, invalidate } })
  const { read } = counter()
  const context = request('function')
  const reading = runInContext(context, () => {
    updateTag('a')
    return read()
  })
  const telling = tellInvalidations(context)
  expect(telling).not.toBeNull()
  gate.resolve()
  await telling
  expect(told).toEqual(['a'])
  await reading
})

test('after the answer an invalidation is told at once, whenever it comes', async () => {
  const { read } = counter({ tags: ['a'] })
  await visit(read)
  runInContext(request('after'), () => revalidateTag('a'))
  await Promise.all(background)
  expect(background).toHaveLength(1)
  expect(await visit(read)).toBe('one 2')
})

test('a function whose time was over can still say what it has changed', async () => {
  const { read } = counter({ tags: ['a'] })
  await visit(read)
  const late = request('late')
  runInContext(late, () => updateTag('a'))
  await tellInvalidations(late)
  expect(await visit(read)).toBe('one 2')
})

test('what runs for long does not see one time for ever', async () => {
  const { read } = counter({ tags: ['a'] })
  const stream = request('after')
  vi.useFakeTimers({ toFake: ['performance'] })
  onTestFinished(() => void vi.useRealTimers())
  await runInContext(stream, read)
  await runInContext(stream, read)
  await call(() => updateTag('a'))
  expect(await runInContext(stream, read)).toBe('one 1')
  vi.advanceTimersByTime(1001)
  expect(await runInContext(stream, read)).toBe('one 2')
})

test('a page that a function has invalidated is fresh to what it reads next', async () => {
  const { read } = counter()
  await visit(read, '/posts')
  const context = request('function', '/posts')
  await runInContext(context, async () => {
    expect(await read()).toBe('one 1')
    revalidatePath('/posts')
    expect(await read()).toBe('one 2')
  })
})

test('cached work is not made of what is stale', async () => {
  const inner = counter({ tags: ['a'] })
  const outer = cached(() => inner.read())
  await visit(outer)
  await call(() => revalidateTag('a', 'max'))
  expect(await visit(outer)).toBe('one 1')
  await Promise.all(background)
  expect(await visit(outer)).toBe('one 2')
})

test('refresh() leaves what is cached alone', async () => {
  const { read } = counter({ tags: ['a'] })
  await visit(read)
  await call(refresh)
  expect(await visit(read)).toBe('one 1')
})

test('a request sees one state of a tag from its first look on', async () => {
  const { read } = counter({ tags: ['a'] })
  await visit(read)
  await visit(async () => {
    expect(await read()).toBe('one 1')
    await call(() => updateTag('a'))
    expect(await read()).toBe('one 1')
  })
  expect(await visit(read)).toBe('one 2')
})

test('with a profile stale results are served while they are made again, once', async () => {
  const { run, read } = counter({ tags: ['a'] })
  await visit(read)
  await call(() => revalidateTag('a', { expire: 60 }))
  expect(await Promise.all([visit(read), visit(read), visit(read)])).toEqual([
    'one 1',
    'one 1',
    'one 1',
  ])
  await Promise.all(background)
  expect(await visit(read)).toBe('one 2')
  expect(run).toHaveBeenCalledTimes(2)
})

test('what nobody has asked for until its profile was over is made anew', async () => {
  const { read } = counter({ tags: ['a'] })
  await visit(read)
  await call(() => revalidateTag('a', { expire: 60 }))
  seconds(61)
  expect(await visit(read)).toBe('one 2')
})

test('after its time a result is made again, first in the background, then before it is served', async () => {
  const { read } = counter({ ttl: 10, swr: 5 })
  await visit(read)
  seconds(9)
  expect(await visit(read)).toBe('one 1')
  seconds(2)
  expect(await visit(read)).toBe('one 1')
  await Promise.all(background)
  expect(await visit(read)).toBe('one 2')
  seconds(16)
  expect(await visit(read)).toBe('one 3')
})

test('an error in the background is reported with the name of the work', async () => {
  let runs = 0
  const read = cache(
    async () => {
      if (++runs > 1) throw new Error('no database')
      cacheLife('seconds')
      return runs
    },
    'id',
    'app/data.ts#getPosts',
  )
  await visit(read)
  seconds(2)
  expect(await visit(read)).toBe(1)
  await Promise.all(background)
  expect(reported).toMatchObject([['app/data.ts#getPosts', { message: 'no database' }]])
})

test('unstable_cache() has parts of the key, tags and a time', async () => {
  const run = vi.fn(async (id: number) => `${id} ${run.mock.calls.length}`)
  const of = (part: string) => unstableCache(run, [part], { tags: ['a'], revalidate: 60 })
  expect([await of('x')(1), await of('x')(1), await of('y')(1)]).toEqual(['1 1', '1 1', '1 2'])
  await call(() => updateTag('a'))
  expect(await of('x')(1)).toBe('1 3')
  seconds(61)
  expect(await of('x')(1)).toBe('1 3')
  await Promise.all(background)
  expect(await of('x')(1)).toBe('1 4')
})

test('what cached work is made of makes it out of date, and ends its life', async () => {
  const inner = counter({ tags: ['inner'], ttl: 10 })
  const run = vi.fn(async () => `outer of ${await inner.read()}`)
  const outer = cache(run, 'outer', 'outer')
  expect(await visit(outer)).toBe('outer of one 1')
  await call(() => updateTag('inner'))
  expect(await visit(outer)).toBe('outer of one 2')
  seconds(11)
  expect(await visit(outer)).toBe('outer of one 3')
})

test('a life that is said counts more than that of the parts', async () => {
  const inner = counter({ ttl: 10 })
  const outer = cached(() => inner.read(), { ttl: 100 })
  await visit(outer)
  seconds(50)
  expect(await visit(outer)).toBe('one 1')
  seconds(51)
  expect(await visit(outer)).toBe('one 2')
})

test('cached work cannot read its visitor, and says who tried', async () => {
  const read = cache(cookies, 'id', 'app/user.ts#getUser')
  await expect(visit(read)).rejects.toThrow(
    'cookies() was called in cached work (app/user.ts#getUser)',
  )
})

test.for([
  ['cacheTag()', () => cacheTag('a')],
  ['cacheLife()', () => cacheLife('max')],
] as const)('%s belongs in cached work', ([api, work]) => {
  expect(() => runInContext(request(), work)).toThrow(
    `${api} was called while rendering (somewhere). Call it in cached work.`,
  )
})

test('a page gets the tags of all cached work in it', async () => {
  const page = request()
  const read = cache(
    async () => {
      cacheTag('a', 'b')
      return 1
    },
    'id',
    'name',
  )
  await runInContext(page, read)
  expect([...page.dependencies.tags]).toEqual(['a', 'b'])
  const other = request()
  await runInContext(other, read)
  expect([...other.dependencies.tags]).toEqual(['a', 'b'])
})

test('cached work that needs its own result is an error, not a wait without end', async () => {
  const read: (of: number) => Promise<number> = cache(
    async (of: number) => (of === 0 ? read(1) : read(of)),
    'self',
    'app/data.ts#read',
  )
  await expect(visit(() => read(0))).rejects.toThrow('app/data.ts#read needs its own result')
})

test('nobody new waits for a computation that does not end', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  let runs = 0
  const read = cached(() =>
    ++runs === 1 ? new Promise<number>(() => undefined) : Promise.resolve(runs),
  )
  void visit(read)
  await vi.waitFor(() => expect(runs).toBe(1))
  vi.advanceTimersByTime(30_001)
  expect(await visit(read)).toBe(2)
  expect(await visit(read)).toBe(2)
})

test('without a server, as in a test of what uses it, a cached function is the function', async () => {
  const { track, report } = cacheSetup()
  installCache({ store: createMemoryStore(), callOf: null, build: '', track, report })
  const { run, read } = counter()
  expect([await read(), await read()]).toEqual(['one 1', 'one 2'])
  expect(run).toHaveBeenCalledTimes(2)
})

test('times that are none are refused when the function is made', () => {
  expect(() => cached(async () => 1, { ttl: -1 })).toThrow(/cached\(\): `revalidate` is -1/)
})
