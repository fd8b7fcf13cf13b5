import { expect, test } from 'vitest'
import { serverModule } from '../../test/support/compile.ts'
import { createFakeCache, type FakeCache } from '../../test/support/fake-cache.ts'
import type { Exports } from '../../test/support/run-module.ts'
import { runServerModule, type Running } from '../../test/support/run-server-module.ts'

type Modules = Record<string, Record<string, unknown>>

async function run(
  source: string,
  { modules = {}, asIs = false }: { modules?: Modules; asIs?: boolean } = {},
): Promise<Running & { cache: FakeCache }> {
  const cache = createFakeCache()
  const running = await runServerModule(`'use cache'; ${source}`, {
    asIs,
    modules: { 'cache-runtime': cache.runtime, ...modules },
  })
  return { ...running, cache }
}

const runs = `let runs = 0; export const runsOf = [() => runs];`

/** How often the functions of a module ran. */
function runsIn(exports: Exports): unknown {
  const [read] = exports['runsOf'] as unknown as (() => unknown)[]
  return read?.()
}

test.for([
  ['a declaration', `export async function list(x) { runs++; return x + 1 }`],
  ['a variable', `export const list = async (x) => { runs++; return x + 1 }`],
  ['one of several variables', `export const a = 1, list = async (x) => { runs++; return x + 1 }`],
  ['a list', `async function list(x) { runs++; return x + 1 } export { list }`],
  ['a renamed list', `async function local(x) { runs++; return x + 1 } export { local as list }`],
  ['a copy', `const local = async (x) => { runs++; return x + 1 }; export const list = local`],
  ['a call', `export const list = wrap(async (x) => { runs++; return x + 1 })`],
  [
    'a call in a list',
    `const local = wrap(async (x) => { runs++; return x + 1 }); export { local as list }`,
  ],
  [
    'a copy of a call',
    `const local = wrap(async (x) => { runs++; return x + 1 }); export const list = local`,
  ],
  [
    'a part of an object',
    `export const { list } = wrap({ list: async (x) => { runs++; return x + 1 } })`,
  ],
  ['a part of an array', `export let [list] = [async (x) => { runs++; return x + 1 }]`],
  ['a choice', `export const list = runs ? null : async (x) => { runs++; return x + 1 }`],
])('%s of a file with the directive is cached', async ([, source]) => {
  const wrap = `const wrap = (value) => value;`
  const { exports, compiled } = await run(`${runs} ${wrap} ${source}`)
  expect([await exports['list']!(1), await exports['list']!(1)]).toEqual([2, 2])
  expect(runsIn(exports)).toBe(1)
  expect(compiled.functions).toEqual([])
})

test.for([
  ['a named declaration', `export default async function list(x) { runs++; return x + 1 }`],
  ['an unnamed declaration', `export default async function (x) { runs++; return x + 1 }`],
  ['an arrow function', `export default async (x) => { runs++; return x + 1 }`],
  ['a name', `const list = async (x) => { runs++; return x + 1 }; export default list`],
  ['a call', `export default wrap(async (x) => { runs++; return x + 1 })`],
  ['a call in parentheses', `export default (wrap(async (x) => { runs++; return x + 1 }))`],
  [
    'the name of a call',
    `const list = wrap(async (x) => { runs++; return x + 1 }); export default list`,
  ],
  ['a renamed list', `async function list(x) { runs++; return x + 1 } export { list as default }`],
])('a default export by %s is cached', async ([, source]) => {
  const { exports } = await run(`${runs} const wrap = (value) => value; ${source}`)
  expect([await exports['default']!(1), await exports['default']!(1)]).toEqual([2, 2])
  expect(runsIn(exports)).toBe(1)
})

test('functions of another module that are passed on are cached', async () => {
  const seen: string[] = []
  const load = (name: string) => async (): Promise<string> => {
    seen.push(name)
    return name
  }
  const modules = { './other': { one: load('one'), two: load('two'), default: load('three') } }
  const { exports } = await run(
    `import { one } from './other'
    import three from './other'
    export { one, one as first }
    export { two as second, two } from './other'
    export { default } from './other'
    export { three }`,
    { modules },
  )
  for (const name of ['one', 'first', 'second', 'two', 'default', 'three']) {
    await exports[name]!()
    await exports[name]!()
  }
  expect(seen).toEqual(['one', 'two', 'three', 'three'])
})

test('values that are no functions stay what they are', async () => {
  const { exports } = await run(
    `const make = (value) => value
    export const revalidate = 60, metadata = { title: 'Posts' }
    export class Post {}
    export const made = make({ text: 'made' })
    export const { text, list: [first] } = make({ text: 'text', list: [1] })
    export default make('default')
    export { other } from './other'`,
    { modules: { './other': { other: 5 } } },
  )
  expect(exports).toMatchObject({
    revalidate: 60,
    metadata: { title: 'Posts' },
    made: { text: 'made' },
    text: 'text',
    first: 1,
    default: 'default',
    other: 5,
  })
  expect(Reflect.construct(exports['Post']!, [])).toBeInstanceOf(exports['Post'])
})

test('the module itself uses the cached functions', async () => {
  const { exports } = await run(`${runs}
    const wrap = (value) => value
    export const find = wrap(async (x) => { runs++; return x })
    export const list = async (x) => [await find(x), await find(x)]
    export async function twice(x) { return [await list(x), await list(x)] }`)
  expect(await exports['twice']!(1)).toEqual([
    [1, 1],
    [1, 1],
  ])
  expect(runsIn(exports)).toBe(1)
})

test('what the file does not export is not cached', async () => {
  const { exports } = await run(`${runs}
    async function local(x) { runs++; return x }
    export async function list(x) { return [await local(x), await local(x)] }`)
  await exports['list']!(1)
  expect(runsIn(exports)).toBe(2)
})

test('a function may be a server function in a file of cached ones', async () => {
  const { exports, call, compiled, cache } = await run(`
    export async function save(x) { 'use server'; return x + 1 }
    export async function Page() { return async (x) => { 'use server'; return -x } }`)
  expect(await call(exports['save'], 1)).toBe(2)
  expect(await call(await exports['Page']!(), 1)).toBe(-1)
  expect(compiled.functions.map(({ name }) => name)).toEqual(['save', 'Page.anonymous'])
  expect([...cache.labels.values()]).toEqual(['app/page.tsx#Page'])
})

test('a module without line breaks can be compiled', async () => {
  const source =
    'const wrap=(x)=>x;export const a=wrap(async()=>1),b=async()=>2,c=wrap(async()=>3);' +
    'const d=wrap(async()=>4);export{d,d as e};export default wrap(async()=>5)'
  const { exports, cache } = await run(source, { asIs: true })
  const found = ['a', 'b', 'c', 'd', 'e', 'default'].map((name) => exports[name]!())
  expect(await Promise.all(found)).toEqual([1, 2, 3, 4, 4, 5])
  expect(cache.runs).toHaveLength(5)
})

test('a statement without a semicolon may end with a function that moves', async () => {
  const source = `
    const wrap = (x) => x
    export const a = wrap(async () => 1), b = async () => 2
    export { a as c }`
  const { exports } = await run(source, { asIs: true })
  expect(await Promise.all(['a', 'b', 'c'].map((name) => exports[name]!()))).toEqual([1, 2, 1])
})

test('an edit changes the id, be it of what is exported in a list', async () => {
  const idsOf = async (value: number): Promise<string[]> => {
    const { cache } = await run(`
      const wrap = (value) => value
      const list = wrap(async () => ${value})
      export const find = async () => ${value}
      export { list }`)
    return [...cache.labels.keys()]
  }
  const [before, after] = [await idsOf(1), await idsOf(2)]
  expect(before).toHaveLength(2)
  expect(after.filter((id) => before.includes(id))).toEqual([])
  expect(await idsOf(1)).toEqual(before)
})

test('a file that exports no functions needs no cache', async () => {
  expect(await serverModule(`'use cache'; export const revalidate = 60`)).toBeNull()
})
