import { beforeEach, expect, test, vi } from 'vitest'
import { cachedCall } from '../flight/cached-call.ts'
import { installFunctionTable, referenceOf } from '../flight/function-table.ts'
import { register } from '../flight/server-functions.ts'
import { createMemoryStore } from '../store/memory-store.ts'
import { cached, unstableCache } from './cached.ts'
import { installCache } from './installed.ts'
import { at, cache, captured } from './use-cache.ts'

beforeEach(() => {
  const ignore = (): void => undefined
  installCache({
    store: createMemoryStore(),
    callOf: cachedCall,
    build: 'b',
    report: ignore,
    track: ignore,
  })
})

const place = 'app/page.tsx#Page.orders:1'

test('what a function captured tells its results apart', async () => {
  const ordersOf = (user: { id: number }) =>
    at(cached, place, () => [{ id: user.id }])(async () => `orders of ${user.id}`)
  const unstable = (user: { id: number }) =>
    at(unstableCache, place, () => [user.id])(async () => `also of ${user.id}`, ['part'])
  expect(await ordersOf({ id: 1 })()).toBe('orders of 1')
  expect(await ordersOf({ id: 2 })()).toBe('orders of 2')
  expect([await unstable({ id: 1 })(), await unstable({ id: 2 })()]).toEqual([
    'also of 1',
    'also of 2',
  ])
})

test('what captured functions were made of tells results apart', async () => {
  const ordersOf = (user: { id: number }) => {
    const load = async (): Promise<string> => `orders of ${user.id}`
    return at(
      cached,
      place,
      captured([[() => load, 'user']], [['user', () => ({ id: user.id })]]),
    )(async () => load())
  }
  expect([await ordersOf({ id: 1 })(), await ordersOf({ id: 2 })()]).toEqual([
    'orders of 1',
    'orders of 2',
  ])
})

test('what cannot be read rejects before the function runs', async () => {
  const run = vi.fn(async () => 1)
  const read = at(cached, place, captured([[() => run, '"row"']]))(run)
  await expect(read()).rejects.toThrow('may have been made of "row"')
  expect(run).not.toHaveBeenCalled()
})

test('equal values share a result, whatever else was captured', async () => {
  const run = vi.fn(async () => 'orders')
  const visit = (id: number) => at(cached, place, () => [id, new URL('http://a'), () => id])(run)()
  await Promise.all([visit(1), visit(1), visit(1)])
  expect(run).toHaveBeenCalledTimes(1)
  await visit(2)
  expect(run).toHaveBeenCalledTimes(2)
})

test('functions that go through one wrapper do not share results', async () => {
  const keep = <result>(fn: () => Promise<result>) => at(cached, 'app/keep.ts#keep:1')(fn)
  const loadPosts = async (): Promise<string> => 'posts'
  const loadUsers = async (): Promise<string> => 'users'
  expect([await keep(loadPosts)(), await keep(loadUsers)()]).toEqual(['posts', 'users'])
  const bound = async function load(this: unknown): Promise<string> {
    return String(this)
  }
  const other = async function find(this: unknown): Promise<string> {
    return String(this)
  }
  const found = [await keep(bound.bind('a'))(), await keep(other.bind('b'))()]
  expect(found).toEqual(['a', 'b'])
})

test('nor do functions that a wrapper calls', async () => {
  const keep = (fn: () => Promise<string>) =>
    at(cached, 'app/keep.ts#keep:1', () => [fn])(async () => fn())
  const found = [await keep(async () => 'posts')(), await keep(async () => 'users')()]
  expect(found).toEqual(['posts', 'users'])
})

test('a wrapper is named by its place in messages', async () => {
  const keep = at(cached, 'app/keep.ts#keep:1')
  await expect(keep(async (_of: URL) => 1)(new URL('http://a'))).rejects.toThrow(
    /^app\/keep\.ts#keep is cached by its arguments/,
  )
})

test('a variable counts as what it is when the function is called', async () => {
  let user = 'ada'
  const read = at(cached, place, () => [user])(async () => user)
  expect(await read()).toBe('ada')
  user = 'bob'
  expect(await read()).toBe('bob')
})

/** A server function of a build; only those of the table are known. */
const known = register(async () => undefined, 'known', 'app/a.ts#known')
const removed = register(async () => undefined, 'removed', 'app/a.ts#removed')
installFunctionTable(
  new Map([['known', { name: 'app/a.ts#known', load: () => Promise.resolve(known) }]]),
)

test.for([
  ['plain values', (action: unknown): unknown => ({ action })],
  ['what Flight holds', (action: unknown): unknown => ({ action, bytes: new Uint8Array([1]) })],
] as const)('a kept function that is gone is a miss, in %s', async ([, wrap]) => {
  const run = vi.fn(async () => wrap(run.mock.calls.length === 1 ? removed : known))
  const read = cache(run, 'id', 'name')
  const readers = await Promise.all([read(), read(), read()])
  for (const value of [...readers, await read()]) {
    expect(referenceOf((value as { action: unknown }).action)?.id).toBe('known')
  }
  expect(run).toHaveBeenCalledTimes(2)
})

test('nor is it found too late, in what Flight sends later', async () => {
  const run = vi.fn(async () => ({
    late: Promise.resolve({ action: run.mock.calls.length === 1 ? removed : known }),
  }))
  const { late } = await cache(run, 'id', 'name')()
  expect(referenceOf((await late).action)?.id).toBe('known')
})

test('one that stays unknown is an error', async () => {
  const run = vi.fn(async () => ({ removed }))
  await expect(cache(run, 'id', 'name')()).rejects.toThrow(
    'No server function has the id "removed"',
  )
  expect(run).toHaveBeenCalledTimes(2)
})
