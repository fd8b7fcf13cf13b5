import { expect, test } from 'vitest'
import { contextRequest } from '../../test/support/context-request.ts'
import { createContext, runInContext } from '../context/request-context.ts'
import { cookies } from '../context/request-state.ts'
import { refresh, revalidatePath, revalidateTag, updateTag } from '../cache/revalidate.ts'
import { hashOfTag, tagOfPath, tagsOfPage } from '../wire/tag.ts'
import { carriesUi, contextHeaders, droppedPages } from './settle.ts'

async function after(work: () => unknown) {
  const context = createContext('function', 'f', contextRequest({ cookie: 'a=1' }))
  await runInContext(context, work)
  return context
}

const value = { kind: 'value', value: 1 } as const
const redirect = { kind: 'redirect', to: '/', permanent: false, history: null } as const

test('a redirect carries UI, whatever was declared', async () => {
  expect(carriesUi(await after(() => null), redirect)).toBe(true)
})

test.for([
  ['nothing', () => null, false],
  ['reading a cookie', async () => (await cookies()).get('a'), false],
  ['setting a cookie to the value it has', async () => (await cookies()).set('a', '1'), true],
  ['refresh()', refresh, true],
  ['updateTag()', () => updateTag('t'), true],
  ['revalidatePath()', () => revalidatePath('/'), true],
  ['revalidateTag() with a profile', () => revalidateTag('t', 'max'), false],
] as [string, () => unknown, boolean][])('%s: carries UI %s', async ([, work, carries]) => {
  expect(carriesUi(await after(work), value)).toBe(carries)
})

test.for([
  ['nothing', () => null, null],
  ['refresh()', refresh, null],
  ['a tag that may be served stale', () => revalidateTag('t', 'max'), null],
  ['paths', () => ['/a', '/b/'].forEach((path) => revalidatePath(path)), ['page:/a', 'page:/b']],
  ['a layout', () => revalidatePath('/b', 'layout'), ['layout:/b']],
  ['a pattern', () => revalidatePath('/(x)/[id]', 'page'), [tagOfPath('/[id]', 'page')]],
  ['a path and a tag', () => [revalidatePath('/a'), updateTag('t')], ['page:/a', 't']],
  ['a cookie', async () => (await cookies()).delete('a'), ['layout:/']],
  ['a cookie and a tag', async () => (updateTag('t'), (await cookies()).delete('a')), ['layout:/']],
] as [string, () => unknown, string[] | null][])(
  '%s drops the pages with its tags',
  async ([, work, tags]) => {
    expect(droppedPages(await after(work))).toEqual(tags && tags.map(hashOfTag))
  },
)

test('every page has the tag that a cookie drops', () => {
  for (const [pathname, pattern] of [
    ['/', ''],
    ['/a/b', '(x)/a/[id]'],
  ] as const) {
    expect(tagsOfPage(pathname, pattern)).toContain('layout:/')
  }
})

test('each cookie is a header of its own', async () => {
  const context = await after(async () => {
    const jar = await cookies()
    jar.set('b', '1')
    jar.delete('a')
  })
  expect(contextHeaders(context)).toEqual([
    ['set-cookie', 'b=1; Path=/'],
    ['set-cookie', 'a=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT'],
  ])
  expect(contextHeaders(await after(() => null))).toEqual([])
})
