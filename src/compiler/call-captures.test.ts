import { expect, test } from 'vitest'
import { serverModule } from '../../test/support/compile.ts'
import { createFakeCache } from '../../test/support/fake-cache.ts'
import { runServerModule } from '../../test/support/run-server-module.ts'
import { captured } from '../flight/captured.ts'

type Made = { captured: (() => unknown[]) | undefined; fn: unknown }

/** What `at` of the runtime was given, by a `cached()` that makes nothing else of a function. */
const at =
  (_cached: unknown, _id: string, values?: () => unknown[]) =>
  (fn: unknown): Made => ({ captured: values, fn })

const modules = {
  'cache-runtime': { ...createFakeCache().runtime, at, captured },
  'volley/cache': { cached: null, unstable_cache: null },
}

/** What the call in a function `page` captures, when it runs with these arguments. */
async function capturedIn(body: string, ...args: unknown[]): Promise<unknown[] | undefined> {
  const { exports } = await runServerModule(
    `import { cached, unstable_cache } from 'volley/cache'
    import * as c from 'volley/cache'
    const trace = (fn) => (...args) => fn(...args)
    const makeLoader = (id) => async () => id
    const config = { id: 'of the module' }
    export async function page(user, other) { ${body} }`,
    { modules },
  )
  const made = (await exports['page']!(...args)) as Made
  return made.captured?.()
}

test('a call passes on what its function uses of the functions around it', async () => {
  const code = await serverModule(`
    import { cached } from 'volley/cache'
    export const page = (user) => cached(async (limit) => load(user.id, limit), { ttl: 1 })`)
  expect(code?.code).toContain(', () => [user == null ? user : { id: user.id }])(async (limit)')
})

const ada = { id: 1, name: 'Ada', team: { id: 7 }, toString: () => 'Ada' }

test.for<[string, string, unknown[] | undefined]>([
  ['a property', 'return cached(async () => user.id)', [{ id: 1 }]],
  [
    'properties',
    'return cached(async () => [user.team.id, user.id])',
    [{ team: { id: 7 }, id: 1 }],
  ],
  ['a method', 'return cached(async () => user.toString())', [ada]],
  ['two variables', 'return cached(async () => user.id + other)', [{ id: 1 }, 2]],
  [
    'a variable of a block',
    'if (other) { const { id } = user; return cached(async () => id) }',
    [1],
  ],
  ['unstable_cache()', 'return unstable_cache(async () => user.id, [])', [{ id: 1 }]],
  [
    'a function expression',
    'return cached(async function own() { return [own, user.id] })',
    [{ id: 1 }],
  ],
  ['a function by its name', 'const load = async () => user.id; return cached(load)', [{ id: 1 }]],
  [
    'a declared function',
    'return cached(load); async function load() { return user.id }',
    [{ id: 1 }],
  ],
  [
    'what a function around it uses',
    'const id = () => user.id; return cached(async () => id())',
    [{ id: 1 }],
  ],
  [
    'functions that use each other',
    'const a = () => b(); const b = () => [a, user.id]; return cached(async () => a())',
    [{ id: 1 }],
  ],
  [
    'a value that comes later',
    'const read = cached(async () => id); const id = user.id; return read',
    [1],
  ],
  [
    'a value that changes',
    'let id = 0; const read = cached(async () => id); id = 5; return read',
    [5],
  ],
  ['a variable of the module', 'return cached(async () => config.id)', undefined],
  [
    'its own variables',
    'return cached(async (user) => { const other = 1; return user + other })',
    undefined,
  ],
  ['a class', 'class Local {} return cached(async () => new Local())', undefined],
  ['a function from elsewhere', 'return cached(config.load)', undefined],
])('%s', async ([, body, expected]) => {
  expect(await capturedIn(body, ada, 2)).toEqual(expected)
})

test('what is missing is no error', async () => {
  expect(await capturedIn('return cached(async () => user.team.id)', null)).toEqual([null])
  expect(await capturedIn('return cached(async () => user.team.id)', {})).toEqual([
    { team: undefined },
  ])
})

/** What is captured through functions, which count as their text themselves. */
test.for<[string, string]>([
  ['a function that is bound', 'return cached(makeLoader.bind(null, user.id))'],
  ['a call', 'return cached(makeLoader(user.id))'],
  ['a function in a call', 'return cached(trace(async () => user.id))'],
  ['a condition', 'return cached(other ? async () => user.id : config.load)'],
  ['a namespace', 'return c.cached(async () => user.id)'],
  ['a namespace with a text', "return c['cached'](async () => user.id)"],
  ['an assignment', 'let load; load = async () => user.id; return cached(load)'],
  ['a loop', 'for (const load of [async () => user.id]) return cached(load)'],
  ['a loop that assigns', 'let f; for (f of [async () => user.id]) return cached(f)'],
  [
    'a class that is a value',
    'const A = class { id = user.id }; return cached(async () => new A())',
  ],
  ['a default', 'return ((load = async () => user.id) => cached(load))()'],
  ['a property', 'const api = { load: async () => user.id }; return cached(api.load)'],
  ['a later property', 'const api = {}; api.load = async () => user.id; return cached(api.load)'],
  ['a part', 'const { load } = { load: async () => user.id }; return cached(load)'],
  ['a class', 'class Db { load() { return user.id } } return cached(async () => new Db().load())'],
  ['an instance', 'const db = new (class { id = user.id })(); return cached(async () => db.id())'],
  ['a traced function', 'const f = trace(async () => user.id); return cached(async () => f())'],
  ['its name', 'const f = trace(async () => user.id); return cached(f)'],
  ['a function made of it', 'const f = makeLoader(user.id); return cached(async () => f())'],
  [
    'a function made of a function',
    'const f = makeLoader(user.id); const g = trace(f); return cached(async () => g())',
  ],
  [
    'functions of each other',
    'let f = trace(() => g), g = trace(() => [f, user.id]); return cached(f)',
  ],
  [
    "'use cache'",
    "async function inner() { 'use cache'; return user.id } return cached(async () => inner())",
  ],
  [
    "'use server'",
    "const inner = async () => { 'use server'; return user.id }; return cached(async () => inner())",
  ],
])('what comes through %s is captured', async ([, body]) => {
  expect(await capturedIn(body, ada, 2)).toContainEqual({ id: 1 })
})

test('what plain values were made of is not', async () => {
  const body = `const rows = [user].map(({ id }) => id + other); const sum = makeLoader
    return cached(async () => rows)`
  expect(await capturedIn(body, ada, 2)).toEqual([[3]])
})

test('what a call is given now counts as it is now', async () => {
  const body = `let id = user.id; const read = cached(makeLoader(id)); id = 5; return read`
  expect(await capturedIn(body, ada)).toContain(1)
})

test.for<[string, string]>([
  ['hides', "const user = 'hides'; return [cached(load), user][0]"],
  ['hides from what is called', "const user = 'hides'; return [cached(() => load()), user][0]"],
])('a variable that another one %s at the call is an error', async ([, body]) => {
  const page = `const load = async () => user.id; return (() => { ${body} })()`
  const error: unknown = await capturedIn(page, ada).catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ name: 'CompileError', code: 'hidden-capture', line: 6 })
})

test('and so is one that is out of reach', async () => {
  const body = 'let load; { const { id } = user; load = async () => id } return cached(load)'
  await expect(capturedIn(body, ada)).rejects.toThrow('uses id, which cannot be read here')
})

test('an error shows what the author wrote', async () => {
  const source = `import { cached } from 'volley/cache'

    type Props = { id: number }
    export function page({ id }: Props) {
      const load = async (): Promise<number> => id
      return [1].map((id: number) => <b key={id} of={cached<[], number>(load)} />)
    }`
  const error: unknown = await serverModule(source).catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ line: 6, column: 54 })
})

test('what only matters to a function is an error where it is one', async () => {
  const body = (value: string): string => `let value
    { const { id } = user; value = ${value} }
    return cached(async () => value)`
  expect(await capturedIn(body('id + 1'), ada)).toEqual([2])
  await expect(capturedIn(body('makeLoader(id)'), ada)).rejects.toThrow(
    'may have been made of "id", which is out of reach',
  )
})

test.for<[string, string, unknown[] | undefined]>([
  ['what that has captured', 'cached(async () => user.id)', [{ id: 1 }]],
  ['and what is made in it', 'const own = async () => user.id; return cached(own)', [{ id: 1 }]],
  ['what a cached function around it has', 'cached(async () => kept())', [3]],
])('in a server function it is %s', async ([, work, expected]) => {
  const body = work.includes('return') ? work : `return ${work}`
  const { exports, call } = await runServerModule(
    `import { cached } from 'volley/cache'
    export default function Page({ user, team, kind }) {
      const id = async () => team
      const kept = async () => { 'use cache'; return kind }
      return async () => { 'use server'; ${body} }
    }`,
    { modules },
  )
  const made = (await call(exports['default']!({ user: { id: 1 }, team: 2, kind: 3 }))) as Made
  expect(made.captured?.()).toEqual(expected)
})

test('in a server function, what another function around it uses is out of reach', async () => {
  const source = (directive: string): string => `import { cached } from 'volley/cache'
    export default function Page({ team }) {
      async function id() { ${directive} return team }
      return async () => { 'use server'; return cached(async () => id()) }
    }`
  await expect(serverModule(source(''))).rejects.toThrow('uses team, which cannot be read')
  await expect(serverModule(source("'use server';"))).rejects.toThrow('uses team, which')
  expect(await serverModule(source("'use cache';"))).not.toBeNull()
})
