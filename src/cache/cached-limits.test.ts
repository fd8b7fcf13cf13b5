import { beforeEach, expect, test, vi } from 'vitest'
import { contextRequest } from '../../test/support/context-request.ts'
import { useMemoryCache } from '../../test/support/memory-cache.ts'
import { createContext, runInContext } from '../context/request-context.ts'
import { cacheTag } from './cache-tag.ts'
import { cached } from './cached.ts'
import { at, cache } from './use-cache.ts'

const warn = vi.spyOn(process, 'emitWarning').mockReturnValue()

useMemoryCache()

beforeEach(() => {
  warn.mockClear()
})

/** What `work` gives in a request of its own. */
function visit<result>(work: () => Promise<result>): Promise<result> {
  return runInContext(createContext('render', 'somewhere', contextRequest()), work)
}

const many = (count: number): string[] => Array.from({ length: count }, (_, i) => `tag ${i}`)

test('as many tags as there may be are taken', async () => {
  const read = cached(async () => 1, { tags: many(128) })
  const context = createContext('render', 'somewhere', contextRequest())
  await runInContext(context, read)
  expect(context.dependencies.tags.size).toBe(128)
})

test.for([
  ['cached()', () => at(cached, 'app/a.ts#read:1')(async () => 1, { tags: many(129) })],
  [
    'cached() by its arguments',
    () => at(cached, 'app/a.ts#read:1')(async () => 1, { tags: () => many(129) }),
  ],
  ['cacheTag()', () => cache(async () => cacheTag(...many(129)), 'id', 'app/a.ts#read')],
] as const)('more tags of %s are an error, and not forgotten', async ([, make]) => {
  const read = make() as () => Promise<unknown>
  await expect(visit(read)).rejects.toThrow(RangeError)
  await expect(visit(read)).rejects.toThrow(/app\/a\.ts#read has 129 tags; the limit is 128/)
})

const long = 'x'.repeat(257)

test.for<[string, (run: () => Promise<number>) => () => Promise<number>]>([
  ['cached()', (run) => cached(run, { tags: ['a', long] })],
  [
    'cacheTag()',
    (run) =>
      cache(
        async () => {
          cacheTag(long)
          return run()
        },
        'id',
        'name',
      ),
  ],
])('a result of which %s ignores a tag is not kept', async ([, make]) => {
  const run = vi.fn(async () => run.mock.calls.length)
  const read = make(run)
  expect([await visit(read), await visit(read)]).toEqual([1, 2])
  expect(warn).toHaveBeenCalledWith(expect.stringContaining('257 characters'), 'VolleyWarning')
})

test('readers who come at once share it all the same', async () => {
  const run = vi.fn(async () => run.mock.calls.length)
  const read = cached(run, { tags: [long] })
  const results = await Promise.all(Array.from({ length: 10 }, () => visit(read)))
  expect(new Set(results)).toEqual(new Set([1]))
})

test('nor is what is made of it, whatever it says of its life', async () => {
  let runs = 0
  const inner = cached(async () => ++runs, { tags: ['a'.repeat(257)] })
  const outer = cached(() => inner(), { ttl: 3600 })
  expect([await outer(), await outer()]).toEqual([1, 2])
})

test('tags that are named one by one are counted too', async () => {
  const read = cache(
    async () => {
      for (let i = 0; i < 129; i++) cacheTag(`tag ${i}`)
    },
    'many',
    'app/data.ts#many',
  )
  await expect(read()).rejects.toThrow('app/data.ts#many has 129 tags; the limit is 128')
})

test('an error of the function that gives the tags rejects', async () => {
  const tags = (): string[] => {
    throw new Error('no tags')
  }
  await expect(cached(async () => 1, { tags })()).rejects.toThrow('no tags')
})
