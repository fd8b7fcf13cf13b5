import { expect, test } from 'vitest'
import { parse, serverModule, withoutTypes } from '../../test/support/compile.ts'
import { createFakeCache, type FakeCache } from '../../test/support/fake-cache.ts'
import type { Reference } from '../../test/support/run-module.ts'
import { runServerModule, type Running } from '../../test/support/run-server-module.ts'

type Modules = Record<string, Record<string, unknown>>

async function run(source: string, modules: Modules = {}): Promise<Running & { cache: FakeCache }> {
  const cache = createFakeCache()
  const running = await runServerModule(source, {
    modules: { 'cache-runtime': cache.runtime, ...modules },
  })
  return { ...running, cache }
}

const page = (body: string): string => `
  let runs = 0
  export const count = () => runs
  export default function Page({ a, b }) { ${body} }`

test.for([
  ['a declaration', `async function list(x) { 'use cache'; runs++; return x + 1 } return list`],
  [
    'an arrow function',
    `const list = async (x) => { 'use cache'; runs++; return x + 1 }; return list`,
  ],
  ['an arrow without parentheses', `return async x => { 'use cache'; runs++; return x + 1 }`],
  ['a function expression', `return async function (x) { 'use cache'; runs++; return x + 1 }`],
  ['a prop', `return (<p list={async (x) => { 'use cache'; runs++; return x + 1 }} />).list`],
  ['a method', `return { async list(x) { 'use cache'; runs++; return x + 1 } }.list`],
  [
    'a static method',
    `class A { static async list(x) { 'use cache'; runs++; return x + 1 } } return A.list`,
  ],
  ['an argument', `return ((fn) => fn)(async (x) => { 'use cache'; runs++; return x + 1 })`],
  ['the remote spelling', `return async (x) => { 'use cache: remote'; runs++; return x + 1 }`],
])('%s runs once for the same arguments', async ([, body]) => {
  const { exports, compiled } = await run(page(body!))
  const list = exports['default']!({}) as (x: number) => unknown
  expect([await list(1), await list(1), await list(2)]).toEqual([2, 2, 3])
  expect(exports['count']!()).toBe(2)
  expect(compiled.functions).toEqual([])
})

test.for([
  ['a declaration', `export default async function list(x) { 'use cache'; runs++; return x + 1 }`],
  ['an unnamed one', `export default async function (x) { 'use cache'; runs++; return x + 1 }`],
  ['an arrow function', `export default async (x) => { 'use cache'; runs++; return x + 1 }`],
  [
    'a list',
    `async function list(x) { 'use cache'; runs++; return x + 1 } export { list as default }`,
  ],
])('a default export that is %s is cached', async ([, source]) => {
  const { exports } = await run(`let runs = 0; export const count = () => runs; ${source}`)
  const list = exports['default']!
  expect([await list(1), await list(1), exports['count']!()]).toEqual([2, 2, 1])
})

test('what is captured is a part of the key, and no more of it than is used', async () => {
  const { exports, cache } = await run(
    page(`return async (x) => { 'use cache'; runs++; return [a.id, b, x] }`),
  )
  const list = (a: object, b: number): Promise<unknown> =>
    (exports['default']!({ a, b }) as (x: string) => Promise<unknown>)('x')
  expect(await list({ id: 1, mail: 'no' }, 2)).toEqual([1, 2, 'x'])
  expect(await list({ id: 1, mail: 'other' }, 2)).toEqual([1, 2, 'x'])
  expect(await list({ id: 3 }, 2)).toEqual([3, 2, 'x'])
  expect(cache.runs.map(({ args }) => args)).toEqual([
    [[{ id: 1 }, 2], 'x'],
    [[{ id: 3 }, 2], 'x'],
  ])
})

test('a function that captures nothing has no argument for that', async () => {
  const { exports, cache } = await run(page(`return async (x) => { 'use cache'; return x }`))
  await (exports['default']!({}) as (x: string) => unknown)('x')
  expect(cache.runs.map(({ args }) => args)).toEqual([['x']])
})

test.for([
  [
    'of the module',
    `async function sum(n) { 'use cache'; runs++; return n && n + await sum(n - 1) }
    export const made = sum`,
  ],
  [
    'that captures',
    `const make = (by) => { async function sum(n) { 'use cache'; runs++; return n && n * by + await sum(n - 1) }; return sum }
    export const made = make(1)`,
  ],
  [
    'in a variable',
    `const make = (by) => { const sum = async (n) => { 'use cache'; runs++; return n && n * by + await sum(n - 1) }; return sum }
    export const made = make(1)`,
  ],
  [
    'that captures nothing',
    `const make = () => async function sum(n) { 'use cache'; runs++; return n && n + await sum(n - 1) }
    export const made = make()`,
  ],
])('a function %s that calls itself asks the cache', async ([, source]) => {
  const { exports } = await run(`let runs = 0; export const count = () => runs; ${source}`)
  expect(await exports['made']!(3)).toBe(6)
  expect(await exports['made']!(4)).toBe(10)
  expect(exports['count']!()).toBe(5)
})

test('a declaration of the module is cached where it is used above its place', async () => {
  const { exports } = await run(`
    let runs = 0
    export const both = [list(1), list(1)]
    export const count = () => runs
    async function list(x) { 'use cache'; runs++; return x + 1 }`)
  expect(await Promise.all(exports['both'] as never)).toEqual([2, 2])
  expect(exports['count']!()).toBe(1)
})

test('a declaration of a component is cached where it is used above its place', async () => {
  const { exports } = await run(
    page(`return [list, list][1]; async function list(x) { 'use cache'; runs++; return [a, x] }`),
  )
  const made = [1, 1].map((a) => exports['default']!({ a }) as (x: number) => unknown)
  expect(await Promise.all(made.map((list) => list(2)))).toEqual([
    [1, 2],
    [1, 2],
  ])
  expect(exports['count']!()).toBe(1)
})

test('a server function and a cached one may each be inside of the other', async () => {
  const { exports, call } = await run(`
    export const runs = []
    export default function Page({ a }) {
      async function save(x) {
        'use server'
        const similar = async (y) => { 'use cache'; runs.push('similar'); return [a.id, x, y] }
        return [await similar(1), await similar(1)]
      }
      async function Panel(props) {
        'use cache'
        runs.push('panel')
        return { title: props.title, action: async (x) => { 'use server'; return [a.name, props.title, x] } }
      }
      return { save, Panel }
    }`)
  const { save, Panel } = exports['default']!({ a: { id: 7, name: 'Ada' } }) as {
    save: Reference
    Panel: (props: object) => Promise<{ action: Reference }>
  }
  expect(await call(save, 'x')).toEqual([
    [7, 'x', 1],
    [7, 'x', 1],
  ])
  const [first, second] = [await Panel({ title: 'T' }), await Panel({ title: 'T' })]
  expect(await call(first.action, 'y')).toEqual(['Ada', 'T', 'y'])
  expect(second).toBe(first)
  expect(exports['runs']).toEqual(['similar', 'panel'])
})

test('a function that uses a cached one captures what that captures', async () => {
  const { exports, call, sealed, cache } = await run(
    page(`
      async function posts() { 'use cache'; runs++; return [a.id] }
      const titles = async (x) => { 'use cache'; return [...await posts(), b, x] }
      return async () => { 'use server'; return [a.name, await posts(), await titles('x')] }`),
  )
  const reference = exports['default']!({ a: { id: 1, name: 'Ada', mail: 'no' }, b: 2 })
  expect(sealed).toEqual([[{ name: 'Ada', id: 1 }, 2]])
  expect(await call(reference)).toEqual(['Ada', [1], [1, 2, 'x']])
  expect(exports['count']!()).toBe(1)
  expect(cache.runs.map(({ args }) => args)).toEqual([[[{ id: 1 }]], [[{ id: 1 }, 2], 'x']])
})

test('cached functions that capture each other and something else know each other', async () => {
  const { exports } = await run(
    page(`
      async function even(n) { 'use cache'; return n ? odd(n - 1) : [a, true] }
      async function odd(n) { 'use cache'; return n ? even(n - 1) : [a, false] }
      return even`),
  )
  const even = exports['default']!({ a: 'a' }) as (n: number) => unknown
  expect([await even(4), await even(3)]).toEqual([
    ['a', true],
    ['a', false],
  ])
})

test('a server function and a cached one may capture each other', async () => {
  const { exports, call } = await run(
    page(`
      async function save(n) { 'use server'; return n ? list(n) : ['saved', a] }
      async function list(n) { 'use cache'; return [b, n, typeof save, await save(0)] }
      return save`),
  )
  const save = exports['default']!({ a: 'a', b: 'b' })
  expect(await call(save, 1)).toEqual(['b', 1, 'function', ['saved', 'a']])
})

test('a reference that a cached function captures stays a reference', async () => {
  const { exports, call } = await run(
    page(`
      const save = async () => { 'use server'; return a }
      return async () => { 'use cache'; runs++; return { save } }`),
  )
  const panel = exports['default']!({ a: 1 }) as () => Promise<{ save: Reference }>
  expect(await call((await panel()).save)).toBe(1)
})

test('two functions never share an id, and an edited one has another', async () => {
  const same = `async () => { 'use cache'; return a }`
  const idsOf = async (body: string): Promise<string[]> => {
    const { cache, exports } = await run(page(body))
    for (const fn of exports['default']!({ a: 1 }) as (() => unknown)[]) await fn()
    return [...cache.labels.keys()]
  }
  const [first, second] = await idsOf(`return [${same}, ${same}]`)
  expect(first).toMatch(/^app\/page\.tsx#Page\.anonymous:\w+$/)
  expect(second).toMatch(/^app\/page\.tsx#Page\.anonymous~2:\w+$/)
  const [edited] = await idsOf(`return [${same.replace('return a', 'return [a]')}]`)
  const [captured] = await idsOf(`return [((a) => ${same.replace(' a ', ' a.b ')})({})]`)
  expect(new Set([first, second, edited, captured]).size).toBe(4)
})

test('a function keeps its id when another of its name comes before it', async () => {
  const idsOf = async (list: string): Promise<string[]> => [
    ...(await run(page(`return [${list}]`))).cache.labels.keys(),
  ]
  const [id] = await idsOf(`async () => { 'use cache'; return a }`)
  const ids = await idsOf(`async () => { 'use cache' }, async () => { 'use cache'; return a }`)
  expect(ids).toHaveLength(2)
  expect(ids).toContain(id)
})

test('labels say where a function is', async () => {
  const { cache } = await run(`
    export async function list() { 'use cache' }
    export default function Page() { return { async find() { 'use cache' } } }`)
  expect([...cache.labels.values()]).toEqual(['app/page.tsx#list', 'app/page.tsx#Page.find'])
})

test('a cached function of the table of server functions is both', async () => {
  const { exports, call, compiled } = await run(`
    'use server'
    let runs = 0
    export async function count() { return runs }
    export async function list(x) { 'use cache'; runs++; return x + 1 }
    export const find = async (x) => { 'use cache'; runs++; return -x }
    export default async function (x) { 'use cache'; runs++; return x }`)
  const calls = ['list', 'find', 'default'].flatMap((name) => [name, name])
  const found: unknown[] = []
  for (const name of calls) found.push(await call(exports[name], 1))
  expect(found).toEqual([2, 2, -1, -1, 1, 1])
  expect(await call(exports['count'])).toBe(3)
  expect(compiled.functions.map(({ name }) => name)).toEqual(['count', 'list', 'find', 'default'])
})

test('the source map leads from a moved function to where it was written', async () => {
  const source = `export default ({ x }) => {\n  return async () => { 'use cache'; throw x }\n}`
  const compiled = await serverModule(source, { asIs: true })
  const lines = compiled!.code.split('\n')
  const line = lines.findIndex((text) => text.includes('throw x'))
  const { SourceMap } = await import('node:module')
  const map = new SourceMap(JSON.parse(compiled!.map.toString()) as never)
  const entry = map.findEntry(line, lines[line]!.indexOf('throw x'))
  expect(entry).toMatchObject({ originalLine: 1, originalSource: 'app/page.tsx' })
})

test('the directive is gone from what is compiled', async () => {
  const source = `'use cache'; export async function list() { return async () => { 'use cache' } }`
  const compiled = await serverModule(source, { asIs: true })
  expect(compiled!.code).not.toContain('use cache')
  expect(() => parse(compiled!.code, 'js')).not.toThrow()
  expect(await withoutTypes(compiled!.code, 'app/page.tsx')).toContain('$$c.cache(list')
})
