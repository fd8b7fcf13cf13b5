import { expect, test } from 'vitest'
import { contextRequest } from '../../test/support/context-request.ts'
import { createContext, runInContext } from '../context/request-context.ts'
import { cookies } from '../context/request-state.ts'
import { refresh, revalidatePath, revalidateTag, updateTag } from '../cache/revalidate.ts'
import { carriesUi, cookieHeaders, droppedPages } from './settle.ts'

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
  ['literal paths', () => ['/a', '/b'].forEach((path) => revalidatePath(path)), ['/a', '/b']],
  ['a path as people write it', () => revalidatePath('/a b/名/'), ['/a%20b/%E5%90%8D']],
  ['a path and a tag', () => [revalidatePath('/a'), updateTag('t')], true],
  ['a path and a layout', () => [revalidatePath('/a'), revalidatePath('/b', 'layout')], true],
  ['a pattern', () => revalidatePath('/[id]', 'page'), true],
  ['a cookie', async () => (await cookies()).delete('a'), true],
] as [string, () => unknown, unknown][])('%s: drops %o', async ([, work, dropped]) => {
  expect(droppedPages(await after(work))).toEqual(dropped)
})

test('each cookie is a header of its own', async () => {
  const context = await after(async () => {
    const jar = await cookies()
    jar.set('b', '1')
    jar.delete('a')
  })
  expect(cookieHeaders(context)).toEqual([
    ['set-cookie', 'b=1; Path=/'],
    ['set-cookie', 'a=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT'],
  ])
  expect(cookieHeaders(await after(() => null))).toEqual([])
})
