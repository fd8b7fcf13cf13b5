import { setTimeout } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import { collectGarbage } from '../../test/support/collect-garbage.ts'
import { createMemorySubmissions, type CallTime, type Submission } from './submission-store.ts'

const submission: Submission = { key: 'a key', content: 'save1 ["a"]', cookie: 'user=1' }

const inTime: CallTime = { timeout: 30_000, isOver: () => false }

type Outcome = { text: string }

function createStore(clock?: { now: () => number }) {
  const store = createMemorySubmissions<Outcome>(
    { nameOf: (cookie) => cookie, nameAfter: (_, { text }) => `after ${text}` },
    clock,
  )
  let runs = 0
  const run = async (size: number) => {
    const outcome = { text: `run ${++runs}` }
    await Promise.resolve()
    return { outcome, kept: outcome, size }
  }
  const send = (change: Partial<Submission> = {}, size = 10) =>
    store.once({ ...submission, ...change }, () => run(size), inTime)
  return { store, send, runs: () => runs }
}

test('a submission that is sent again gets the outcome of the first', async () => {
  const { send, runs } = createStore()
  const outcomes = await Promise.all([send(), send(), send()])
  outcomes.push(await send())
  expect(outcomes).toEqual(Array.from({ length: 4 }, () => ({ text: 'run 1' })))
  expect(runs()).toBe(1)
})

test.for<Partial<Submission>>([
  { key: 'another key' },
  { content: 'save1 ["b"]' },
  { cookie: 'user=2' },
])('with %j it is another submission', async (change) => {
  const { send, runs } = createStore()
  await send()
  expect(await send(change)).toEqual({ text: 'run 2' })
  expect(runs()).toBe(2)
})

test('a visitor is the same with the cookies that the first run has set', async () => {
  const { send, runs } = createStore()
  await send()
  expect(await send({ cookie: 'after run 1' })).toEqual({ text: 'run 1' })
  expect(runs()).toBe(1)
})

test('another visitor does not wait for a run, nor takes its place', async () => {
  const { store, send, runs } = createStore()
  const slow = Promise.withResolvers<Outcome>()
  const run = async () => {
    const outcome = await slow.promise
    return { outcome, kept: outcome, size: 1 }
  }
  const running = store.once(submission, run, inTime)
  expect(await send({ cookie: 'user=2' })).toEqual({ text: 'run 1' })
  slow.resolve({ text: 'slow' })
  expect(await running).toEqual({ text: 'slow' })
  expect(runs()).toBe(1)
})

test('submissions with one key and other contents are all remembered', async () => {
  const { send, runs } = createStore()
  for (const content of ['a', 'b', 'a', 'b']) await send({ content })
  expect(runs()).toBe(2)
})

test('whoever waited for a run that was broken off runs it again', async () => {
  const { store, send, runs } = createStore()
  const first = Promise.withResolvers<void>()
  const run = async () => {
    await first.promise
    return { outcome: { text: 'broken off' }, kept: null, size: 0 }
  }
  const running = store.once(submission, run, inTime)
  const again = send()
  first.resolve()
  expect(await running).toEqual({ text: 'broken off' })
  expect(await again).toEqual({ text: 'run 1' })
  expect(await send()).toEqual({ text: 'run 1' })
  expect(runs()).toBe(1)
})

test('whose time is over does not run what was broken off: that is for those who still wait', async () => {
  const { store, send, runs } = createStore()
  const first = Promise.withResolvers<void>()
  const run = async () => {
    await first.promise
    return { outcome: { text: 'broken off' }, kept: null, size: 0 }
  }
  const running = store.once(submission, run, inTime)
  let isOver = false
  const never = vi.fn<() => Promise<never>>()
  const late = store.once(submission, never, { timeout: 1, isOver: () => isOver })
  const again = send()
  isOver = true
  first.resolve()
  await running
  await expect(late).rejects.toThrow('The time of this submission was over')
  expect(await again).toEqual({ text: 'run 1' })
  expect(never).not.toHaveBeenCalled()
  expect(runs()).toBe(1)
})

test('a run that came too late to begin leaves it to those who wait', async () => {
  const { store, send } = createStore()
  const late = store.once(submission, async () => null, inTime)
  const again = send()
  await expect(late).rejects.toThrow('The time of this submission was over')
  expect(await again).toEqual({ text: 'run 1' })
})

test('of an outcome only what is kept is held', async () => {
  const { store } = createStore()
  const run = async () => ({ outcome: { text: 'large' }, kept: { text: 'small' }, size: 1 })
  const large = new WeakRef(await store.once(submission, run, inTime))
  expect(large.deref()?.text).toBe('large')
  await setTimeout(0)
  collectGarbage()
  expect(large.deref()).toBeUndefined()
  expect(await store.once(submission, run, inTime)).toEqual({ text: 'small' })
})

test('a run that had no effect is forgotten', async () => {
  const { store, send } = createStore()
  const failing = store.once(submission, () => Promise.reject(new Error('refused')), inTime)
  await expect(failing).rejects.toThrow('refused')
  expect(await send()).toEqual({ text: 'run 1' })
})

test('after ten minutes a key is as good as new', async () => {
  let now = 1
  const { send, runs } = createStore({ now: () => now })
  await send()
  now += 9 * 60_000
  await send()
  expect(runs()).toBe(1)
  now += 2 * 60_000
  await send()
  expect(runs()).toBe(2)
})

test('what is remembered is bounded by its size: the oldest go first', async () => {
  const { send, runs } = createStore()
  const large = 4 * 1024 * 1024
  for (let i = 0; i < 8; i++) await send({ key: `key ${i}` }, large)
  await send({ key: 'key 7' }, large)
  expect(runs()).toBe(8)
  await send({ key: 'key 0' }, large)
  expect(runs()).toBe(9)
})
