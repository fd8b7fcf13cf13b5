import { expect, test } from 'vitest'
import { createMemoryStore, type Submission } from './submission-store.ts'

const submission: Submission = { key: 'a key', id: 'save1', body: '["a"]', cookie: 'user=1' }

type Outcome = { text: string }

function createStore(clock?: { now: () => number }) {
  const store = createMemoryStore<Outcome>(
    (cookie, { outcome }) => cookie === `after ${outcome.text}`,
    clock,
  )
  let runs = 0
  const send = (change: Partial<Submission> = {}, size = 10) =>
    store.once({ ...submission, ...change }, async () => {
      const run = ++runs
      await Promise.resolve()
      return { outcome: { text: `run ${run}` }, size }
    })
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
  { id: 'other1' },
  { body: '["b"]' },
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

test('a run that had no effect is forgotten', async () => {
  const { store, send } = createStore()
  const failing = store.once(submission, () => Promise.reject(new Error('refused')))
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
