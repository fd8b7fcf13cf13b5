import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { serverModule } from '../../test/support/compile.ts'
import type { CompiledFunction } from './compile-server.ts'
import type { IdentityOptions } from './function-identity.ts'

async function functions(
  source: string,
  mode: IdentityOptions['mode'] = 'production',
): Promise<CompiledFunction[]> {
  return (await serverModule(source, { mode }))?.functions ?? []
}

/** What tells functions of a module apart when their ids are made. */
async function identities(source: string): Promise<string[]> {
  return (await functions(source)).map(({ name, hash, arity }) => `${name} ${hash} ${arity}`)
}

const page = (body: string): string => `export default function Page({ a, b }) { ${body} }`

test('an inline function is named after what is around it', async () => {
  const source = `
    const Page = memo(function () {
      class Posts { static async remove() { 'use server' } }
      const actions = { nested: { async save() { 'use server' } } }
      items.map(() => <form action={async () => { 'use server' }} />)
      const guarded = guard(schema, async () => { 'use server' })
      actions.late = async () => { 'use server' }
      return async () => { 'use server' }
    })
    export default async () => { 'use server' }`
  expect((await functions(source)).map(({ name }) => name)).toEqual([
    'Page.Posts.remove',
    'Page.save',
    'Page.action',
    'Page.guarded',
    'Page.late',
    'Page.anonymous',
    'default',
  ])
})

test('an export is its path and name: its source may change', async () => {
  const before = await functions(`'use server'; export async function save(a) { return a }`)
  const after = await functions(`'use server'; export async function save(a) { return a + 1 }`)
  expect(after).toEqual(before)
  expect(before).toMatchObject([{ path: 'app/page.tsx', name: 'save', hash: '', arity: 1 }])
})

test('another source makes another inline function', async () => {
  const [before] = await identities(page(`return async () => { 'use server'; return 1 }`))
  const [after] = await identities(page(`return async () => { 'use server'; return 2 }`))
  expect(after).not.toBe(before)
})

test('other captures make another inline function, though its text is the same', async () => {
  const text = `async () => { 'use server'; return [a, b.c] }`
  const [captured] = await identities(`export default function Page({ a, b }) { return ${text} }`)
  const [ofModule] = await identities(
    `let b; export default function Page({ a }) { return ${text} }`,
  )
  expect(ofModule).not.toBe(captured)
})

test('an inline function stays the same when others are added and moved', async () => {
  const save = `const save = async () => { 'use server'; return a }`
  const first = `const one = async () => { 'use server'; return b }`
  const [alone] = await identities(page(`${save}; return save`))
  const [, second] = await identities(page(`${first}; ${save}; return [one, save]`))
  expect(second).toBe(alone)
})

test('unnamed functions are told apart by their source, not by their order', async () => {
  const one = `async () => { 'use server'; return 1 }`
  const two = `async () => { 'use server'; return 2 }`
  const before = await identities(page(`return [${one}, ${two}]`))
  const after = await identities(page(`return [${two}, ${one}]`))
  expect(after).toEqual(before.toReversed())
})

test('functions with the same name, source and captures are still two', async () => {
  const same = `async () => { 'use server'; return a }`
  const found = await functions(page(`return [${same}, ${same}]`))
  expect(found.map(({ name }) => name)).toEqual(['Page.anonymous', 'Page.anonymous~2'])
})

test('in development an edited function keeps its id', async () => {
  const source = (value: number): string =>
    page(`return [async () => { 'use server' }, async () => { 'use server'; return ${value} }]`)
  const before = await functions(source(1), 'development')
  const after = await functions(source(2), 'development')
  expect(before.map(({ id }) => id)).toEqual([
    'app/page.tsx#Page.anonymous0',
    'app/page.tsx#Page.anonymous~20',
  ])
  expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id))
})

test.for([
  ['()', 0, 1],
  ['(x, y)', 2, 3],
  ['(x = 1, { y } = {}, [z])', 3, 4],
  ['(x, ...rest)', null, null],
] as const)(
  'the parameters of %s are counted, and the captures as one more',
  async ([list, plain, bound]) => {
    const source = page(
      `return [async ${list} => { 'use server' }, async ${list} => { 'use server'; a }]`,
    )
    expect((await functions(source)).map(({ arity }) => arity)).toEqual([plain, bound])
    const file = await functions(`'use server'; export const a = async ${list} => {}`)
    expect(file.map(({ arity }) => arity)).toEqual([plain])
  },
)

test('no two functions of a module have one identity', async () => {
  const name = fc.constantFrom('save', 'remove', '')
  const body = fc.constantFrom('a', 'b', '1')
  const fn = fc.tuple(name, body).map(([own, text]) => {
    const value = `async () => { 'use server'; return ${text} }`
    return own === '' ? value : `{ ${own}: ${value} }`
  })
  const lists = fc.array(fn, { minLength: 1, maxLength: 6 })
  await fc.assert(
    fc.asyncProperty(lists, fc.constantFrom('development', 'production'), async (list, mode) => {
      const found = await functions(page(`return [${list.join(', ')}]`), mode)
      expect(found).toHaveLength(list.length)
      expect(new Set(found.map(({ hash, name: own }) => `${own}#${hash}`)).size).toBe(list.length)
      if (mode === 'development') {
        expect(new Set(found.map(({ name: own }) => own)).size).toBe(list.length)
      }
    }),
    { numRuns: 40 },
  )
})
