import { expect, test } from 'vitest'
import { parse, serverModule } from '../../test/support/compile.ts'
import { createFakeCache } from '../../test/support/fake-cache.ts'
import { runServerModule } from '../../test/support/run-server-module.ts'
import type { Parse } from './ast.ts'

const cached = (): never => {
  throw new Error('called without an identity')
}

async function idsIn(source: string, path = 'app/posts.ts'): Promise<string[]> {
  const { exports } = await runServerModule(source, {
    path,
    modules: {
      'cache-runtime': createFakeCache().runtime,
      'volley/cache': { cached },
      'next/cache': { unstable_cache: cached },
    },
  })
  return (exports['made'] as unknown as { id: string }[]).map(({ id }) => id)
}

test.for([
  `import { cached } from './cached'; export const list = cached(() => 1)`,
  `import { revalidateTag } from 'volley/cache'; revalidateTag('posts')`,
])('a module without it is not even parsed: %s', async (code) => {
  let count = 0
  const counting: Parse = (...args) => {
    count++
    return parse(...args)
  }
  expect(await serverModule(code, { parse: counting })).toBeNull()
  expect(count).toBe(0)
})

test('a call is known by its module, its place and its source', async () => {
  const source = `
    import { cached as keep } from 'volley/cache'
    import { unstable_cache } from "next/cache"
    const list = keep(() => 1), find = unstable_cache(() => 2)
    function group() { const inner = keep(() => 3); return [inner, keep(() => 4)] }
    export const made = [list, find, ...group(), keep(() => 5)]`
  const ids = await idsIn(source)
  expect(ids.map((id) => id.replace(/\w+$/, ''))).toEqual([
    'app/posts.ts#list:',
    'app/posts.ts#find:',
    'app/posts.ts#group.inner:',
    'app/posts.ts#group.cached:',
    'app/posts.ts#cached:',
  ])
})

test('equal calls are known apart, in one module and in two', async () => {
  const source = `
    import { cached } from 'volley/cache'
    const list = () => 1
    export const made = [cached(list), cached(list), (() => cached(list))()]`
  const ids = [...(await idsIn(source)), ...(await idsIn(source, 'app/other.ts'))]
  expect(new Set(ids).size).toBe(6)
  expect(await idsIn(source)).toEqual(ids.slice(0, 3))
})

test('an edited call is another one', async () => {
  const source = (text: string): string => `
    import { cached } from 'volley/cache'
    export const made = [cached(async () => '${text}')]`
  expect(await idsIn(source('before'))).not.toEqual(await idsIn(source('after')))
})

test.for([
  [
    'a variable of the same name',
    `function use(cached) { return cached(() => 1) } use(String, cached)`,
  ],
  ['a use that is no call', `export const other = [cached, String(cached)]`],
])('%s is left alone', async ([, body]) => {
  const source = `import { cached } from 'volley/cache'; ${body}`
  expect(await serverModule(source)).toBeNull()
})

test('calls and directives may be in one module', async () => {
  const { exports, call } = await runServerModule(
    `import { cached } from 'volley/cache'
    export default function Page({ id }) {
      return async () => { 'use server'; return cached(id).id }
    }`,
    { modules: { 'cache-runtime': createFakeCache().runtime, 'volley/cache': { cached } } },
  )
  expect(await call(exports['default']!({ id: 1 }))).toMatch(/^app\/page\.tsx#Page.cached:\w+$/)
})
