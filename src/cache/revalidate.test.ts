import { afterEach, expect, test } from 'vitest'
import { contextRequest } from '../../test/support/context-request.ts'
import { createContext, runInContext, type Phase } from '../context/request-context.ts'
import { tagOfPath } from '../wire/tag.ts'
import { refresh, revalidatePath, revalidateTag, updateTag } from './revalidate.ts'

const warnings: string[] = []
const listen = (warning: Error): void => void warnings.push(warning.message)
process.on('warning', listen)
afterEach(() => warnings.splice(0))

/** What `work` invalidates in a request that is in this phase. */
function invalidated(work: () => void, phase: Phase = 'function') {
  const context = createContext(phase, 'somewhere', contextRequest())
  runInContext(context, work)
  return context.invalidation
}

/** Warnings are emitted in the next tick. */
const warned = async (): Promise<string[]> => {
  await new Promise((resolve) => {
    setImmediate(resolve)
  })
  return warnings
}

test('a path covers its page, unless the type says more', () => {
  const { tags } = invalidated(() => {
    revalidatePath('/posts')
    revalidatePath('/posts/[id]', 'page')
    revalidatePath('/', 'layout')
  })
  expect([...tags]).toEqual([
    tagOfPath('/posts', 'page'),
    tagOfPath('/posts/[id]', 'page'),
    tagOfPath('/', 'layout'),
  ])
})

test('a pattern without a type has no effect, and says so (280)', async () => {
  expect(invalidated(() => revalidatePath('/posts/[id]')).tags.size).toBe(0)
  expect(await warned()).toEqual([
    expect.stringMatching(/revalidatePath\("\/posts\/\[id\]", 'page'\)/),
  ])
})

test('brackets that are no parameter are part of a path', () => {
  const paths = ['/a/[]', '/a]b[']
  const { tags } = invalidated(() => paths.forEach((path) => revalidatePath(path)))
  expect([...tags]).toEqual(paths.map((path) => tagOfPath(path, 'page')))
})

test.for([
  ['a path of 1,024 characters', () => revalidatePath('/'.repeat(1024)), 0],
  ['a longer path', () => revalidatePath('/'.repeat(1025)), 1],
  ['a tag of 256 characters', () => updateTag('a'.repeat(256)), 0],
  ['a longer tag', () => updateTag('a'.repeat(257)), 1],
  ['a longer tag of revalidateTag()', () => revalidateTag('a'.repeat(257)), 1],
] as [string, () => void, number][])('%s: %i warnings', async ([, work, count]) => {
  expect(invalidated(work).tags.size).toBe(1 - count)
  expect(await warned()).toHaveLength(count)
})

test('a tag expires at once, unless a profile lets it be stale for a while', () => {
  const { tags, untold } = invalidated(() => {
    revalidateTag('a')
    revalidateTag('b', 'max')
    revalidateTag('c', { expire: 60 })
    revalidateTag('d', { expire: 0 })
    revalidateTag('e', {})
    updateTag('f')
  })
  expect([...tags]).toEqual(['a', 'd', 'f'])
  const stale = untold.filter(({ staleUntil }) => staleUntil !== undefined)
  expect(stale.map(({ tag }) => tag)).toEqual(['b', 'c', 'e'])
  const [year = 0, minute = 0] = stale.map(({ staleUntil = 0 }) => staleUntil - Date.now())
  expect(year / 86_400_000).toBeCloseTo(365, 0)
  expect(minute / 1000).toBeCloseTo(60, 0)
})

test('a profile that does not exist is an error that names those that do', () => {
  expect(() => invalidated(() => revalidateTag('a', 'forever'))).toThrow(
    /There is no cache profile "forever": known are default, seconds, .*max\./,
  )
})

test('refresh() invalidates nothing but the page in the answer', () => {
  expect(invalidated(refresh)).toEqual({ tags: new Set(), untold: [], refresh: true })
})

const calls = {
  'revalidatePath()': () => revalidatePath('/'),
  'revalidateTag()': () => revalidateTag('a'),
  'updateTag()': () => updateTag('a'),
  'refresh()': () => refresh(),
}

test.for([
  ['revalidatePath()', 'render', 'while rendering'],
  ['revalidateTag()', 'render', 'while rendering'],
  ['updateTag()', 'render', 'while rendering'],
  ['updateTag()', 'cached', 'in cached work'],
  ['revalidateTag()', 'cached', 'in cached work'],
  ['revalidatePath()', 'cached', 'in cached work'],
  ['updateTag()', 'handler', 'in a route handler'],
  ['updateTag()', 'after', 'after the answer was sent'],
  ['refresh()', 'render', 'while rendering'],
  ['refresh()', 'handler', 'in a route handler'],
  ['refresh()', 'after', 'after the answer was sent'],
] as const)('%s in the phase %s is refused (174, 175, 281)', ([api, phase, place]) => {
  expect(() => invalidated(calls[api], phase)).toThrow(`${api} was called ${place} (somewhere).`)
})

test.for([
  ['revalidatePath()', 'handler'],
  ['revalidatePath()', 'after'],
  ['revalidateTag()', 'handler'],
  ['revalidateTag()', 'after'],
] as const)('%s is possible in the phase %s', ([api, phase]) => {
  expect(invalidated(calls[api], phase).tags.size).toBe(1)
})

test.for(Object.entries(calls))('%s outside of a request says where it belongs', ([api, work]) => {
  expect(work).toThrow(`${api} was called outside a request. Call it inside`)
})
