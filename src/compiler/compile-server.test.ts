import { expect, test } from 'vitest'
import { parse, serverModule } from '../../test/support/compile.ts'
import { runModule, createFakeServer, type Reference } from '../../test/support/run-module.ts'
import { runServerModule } from '../../test/support/run-server-module.ts'

const path = 'app/actions.ts'

test('a module without a directive is left alone', async () => {
  expect(await serverModule(`export const text = 'ask the server'`)).toBeNull()
  expect(await serverModule(`'use client'; export const Button = () => null`)).toBeNull()
})

test.for([
  ['a declaration', `export async function save(x) { return x + 1 }`],
  ['a variable', `export const save = async (x) => x + 1`],
  ['a list', `async function save(x) { return x + 1 } export { save }`],
  ['a renamed list', `async function local(x) { return x + 1 } export { local as save }`],
  ['one of several variables', `export const other = async () => {}, save = async (x) => x + 1`],
  ['a copy of a variable', `const local = async (x) => x + 1; export const save = local`],
])('%s of a file with the directive becomes callable', async ([, source]) => {
  const { exports, call } = await runServerModule(`'use server'; ${source}`, { path })
  expect(await call(exports['save'], 1)).toBe(2)
})

test.for([
  ['a named declaration', `export default async function save(x) { return x + 1 }`],
  ['an unnamed declaration', `export default async function (x) { return x + 1 }`],
  ['an arrow function', `export default async (x) => x + 1`],
  ['a name', `const save = async (x) => x + 1; export default save`],
  ['a renamed list', `async function save(x) { return x + 1 } export { save as default }`],
])('a default export by %s becomes callable', async ([, source]) => {
  const { exports, call } = await runServerModule(`'use server'; ${source}`, { path })
  expect(await call(exports['default'], 1)).toBe(2)
})

test('the directive may stand behind comments and other directives', async () => {
  const source = `// license\n'use strict'\n'use server'\nexport async function save() {}`
  expect((await serverModule(source, { path }))?.functions).toMatchObject([{ name: 'save' }])
})

test('a function that is exported twice is one reference', async () => {
  const { exports, call, compiled } = await runServerModule(
    `'use server'
    export async function save(x) { return x + 1 }
    export { save as store }
    export default save`,
    { path },
  )
  expect(compiled.functions).toMatchObject([
    { name: 'save', exportName: 'save', exportNames: ['save', 'store', 'default'] },
  ])
  expect(new Set([exports['save'], exports['store'], exports['default']]).size).toBe(1)
  expect(await call(exports['default'], 1)).toBe(2)
})

test('functions of another module can be passed on', async () => {
  const { exports, call } = await runServerModule(
    `'use server'
    import { one } from './other'
    export { one }
    export { two as second } from './other'`,
    { path, modules: { './other': { one: async () => 1, two: async () => 2 } } },
  )
  expect([await call(exports['one']), await call(exports['second'])]).toEqual([1, 2])
})

test('what only running the module can tell is registered when it runs', async () => {
  const { exports, call, compiled } = await runServerModule(
    `'use server'
    const wrap = (fn) => async (x) => fn(x)
    export const save = wrap(async (x) => x + 1)
    export const { first, list: [second] } = { first: async () => 1, list: [async () => 2] }`,
    { path },
  )
  expect(await call(exports['save'], 1)).toBe(2)
  expect([await call(exports['first']), await call(exports['second'])]).toEqual([1, 2])
  expect(compiled.functions.map(({ arity }) => arity)).toEqual([null, null, null])
})

test('a value that turns out to be no function stops the module, with its file and name', async () => {
  const source = `'use server'; const make = () => 'text'; export const save = make()`
  await expect(runServerModule(source, { path })).rejects.toThrow('app/actions.ts#save is string')
})

test('inline functions of a file with the directive become callable beside its exports', async () => {
  const { exports, call, compiled } = await runServerModule(
    `'use server'
    export async function save(x) { return async (y) => { 'use server'; return x + y } }
    export async function twice(x) { 'use server'; return x * 2 }
    async function local() { 'use server'; return 'local' }`,
    { path },
  )
  expect(await call(await call(exports['save'], 1), 2)).toBe(3)
  expect(compiled.functions.map(({ name, exported }) => [name, exported])).toEqual([
    ['save', true],
    ['twice', true],
    ['save.anonymous', false],
    ['local', false],
  ])
})

test('an export that nobody imports is not registered', async () => {
  const source = `'use server'
    export async function used() {}
    export async function unused() { return 'unused' }
    const value = async () => {}
    export { value as alias, value as other }
    export default async () => {}`
  const isReachable = (name: string): boolean => name === 'used' || name === 'other'
  const compiled = await serverModule(source, { path, isReachable })
  expect(compiled?.functions.map(({ name }) => name)).toEqual(['used', 'alias'])
  const server = createFakeServer()
  const exports = await runModule(compiled!.code, { runtime: server.runtime })
  expect([...server.registered.keys()]).toEqual(['app/actions.ts#used0', 'app/actions.ts#alias0'])
  expect(await exports['unused']!()).toBe('unused')
})

test('names that a bundler finds in the output are those in the table', async () => {
  const { exports, compiled } = await runServerModule(`
    export const config = { async a() { 'use server' }, async 'b-c'() { 'use server' } }
    export async function ünïcode() { 'use server' }
    export default () => async () => { 'use server' }`)
  for (const { exportName, id } of compiled.functions) {
    expect((exports[exportName] as Reference).$$id).toBe(id)
  }
  expect(compiled.functions.map(({ exportName }) => exportName)).toEqual([
    '$$hoist_0_a',
    '$$hoist_1_b_c',
    '$$hoist_2_ünïcode',
    '$$hoist_3_anonymous',
  ])
})

test('lines are those of the text before any transform', async () => {
  const source = [
    `import type { A } from './types'`,
    ``,
    `type B = {`,
    `  a: A`,
    `}`,
    `export default function Page({ b }: { b: B }) {`,
    `  return <form action={async (data: FormData) => {`,
    `    'use server'`,
    `    return [data, b]`,
    `  }}><button formAction={async () => { 'use server' }} /></form>`,
    `}`,
  ]
  const inline = await serverModule(source.join('\n'))
  expect(inline?.functions.map(({ line }) => line)).toEqual([7, 10])
  const file = await serverModule(
    `'use server'\ninterface A {}\nconst save = async (a: A) => {}\n\nexport { save }`,
    { path },
  )
  expect(file?.functions.map(({ line }) => line)).toEqual([5])
})

test('a file that other plugins make JavaScript of is compiled by its code', async () => {
  const code = `export const save = async () => { 'use server' }`
  const compiled = await serverModule(code, { path: 'app/page.mdx', asIs: true })
  expect(compiled?.functions).toMatchObject([{ path: 'app/page.mdx', name: 'save', line: 1 }])
})

test('the source map leads from the moved function to where it was written', async () => {
  const source = `export default ({ x }) => {\n  return async () => { 'use server'; throw x }\n}`
  const compiled = await serverModule(source, { asIs: true })
  const lines = compiled!.code.split('\n')
  const line = lines.findIndex((text) => text.includes('throw x'))
  const { SourceMap } = await import('node:module')
  const map = new SourceMap(JSON.parse(compiled!.map.toString()) as never)
  const entry = map.findEntry(line, lines[line]!.indexOf('throw x'))
  expect(entry).toMatchObject({ originalLine: 1, originalSource: 'app/page.tsx' })
})

test('the output is JavaScript without the directive', async () => {
  const compiled = await serverModule(`'use server'; export async function save() { 'use server' }`)
  expect(() => parse(compiled!.code, 'js')).not.toThrow()
  expect(compiled!.code).toMatch(/^import \* as \$\$v from "runtime";\n/)
})
