import { EventEmitter } from 'node:events'
import type { Redis } from 'ioredis'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createCircuit } from './redis-circuit.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A circuit that is open, and whose connection is there and stays. */
function open(catchUp: () => Promise<unknown>) {
  const redis = Object.assign(new EventEmitter(), { status: 'ready' })
  const circuit = createCircuit(redis as unknown as Redis, () => undefined, catchUp)
  circuit.fail(new Error('first'))
  const isOpen = async () => (await circuit.through(async () => 'reply')) === null
  return { redis, circuit, isOpen }
}

test('after a failure it closes when what was missed has been told', async () => {
  const { isOpen } = open(async () => undefined)
  expect(await isOpen()).toBe(true)
  await vi.advanceTimersByTimeAsync(2000)
  expect(await isOpen()).toBe(false)
})

test('a failure while it catches up for long does not leave it open for ever', async () => {
  const slow = Promise.withResolvers<void>()
  let rounds = 0
  const { circuit, isOpen } = open(async () => {
    if (++rounds === 1) await slow.promise
  })
  await vi.advanceTimersByTimeAsync(1000)
  expect(rounds).toBe(1)
  circuit.fail(new Error('second'))
  // Its time comes while the first round is still under way.
  await vi.advanceTimersByTimeAsync(1500)
  slow.resolve()
  await vi.advanceTimersByTimeAsync(0)
  expect(await isOpen()).toBe(true)
  await vi.advanceTimersByTimeAsync(2000)
  expect([rounds, await isOpen()]).toEqual([2, false])
})

test('once it is closed it does not catch up again', async () => {
  let rounds = 0
  const { redis, isOpen } = open(async () => void rounds++)
  redis.emit('ready')
  await vi.advanceTimersByTimeAsync(5000)
  expect([rounds, await isOpen()]).toEqual([1, false])
})
