import { expect, test } from 'vitest'
import { serverModule } from '../../test/support/compile.ts'
import { createFakeCache } from '../../test/support/fake-cache.ts'
import { runServerModule } from '../../test/support/run-server-module.ts'

type Made = { captured: (() => unknown[]) | undefined; fn: unknown }

/** What `at` of the runtime was given, by a `cached()` that makes nothing else of a function. */
const at =
  (_cached: unknown, _id: string, captured?: () => unknown[]) =>
  (fn: unknown): Made => ({ captured, fn })

/** What the call in a function `page` captures, when it runs with these arguments. */
async function capturedIn(body: string, ...args: unknown[]): Promise<unknown[] | undefined> {
  const { exports } = await runServerModule(
    `import { cached, unstable_cache } from 'volley/cache'
    const config = { id: 'of the module' }
    export async function page(user, other) { ${body} }`,
    {
      modules: {
        'cache-runtime': { ...createFakeCache().runtime, at },
        'volley/cache': { cached: null, unstable_cache: null },
      },
    },
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

test('a variable that another one hides at the call is left out', async () => {
  const body = `const load = async () => user.id
    return (() => { const user = 'hides'; return [cached(load), user][0] })()`
  expect(await capturedIn(body, ada)).toBeUndefined()
})

test.for<[string, string, unknown[] | undefined]>([
  ['what that has captured', 'cached(async () => [user.id, id])', [{ id: 1 }]],
  ['and what is made in it', 'const own = async () => user.id; return cached(own)', [{ id: 1 }]],
  ['but not what a function around it uses', 'cached(id)', undefined],
])('in a server function it is %s', async ([, work, expected]) => {
  const body = work.includes('return') ? work : `return ${work}`
  const { exports, call } = await runServerModule(
    `import { cached } from 'volley/cache'
    export default function Page({ user, team }) {
      const id = async () => team
      return async () => { 'use server'; ${body} }
    }`,
    {
      modules: {
        'cache-runtime': { ...createFakeCache().runtime, at },
        'volley/cache': { cached: null },
      },
    },
  )
  const made = (await call(exports['default']!({ user: { id: 1 }, team: 2 }))) as Made
  expect(made.captured?.()).toEqual(expected)
})
