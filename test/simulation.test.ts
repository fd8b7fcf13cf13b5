import { expect, test } from 'vitest'
import { readMeasured } from '../bench/cache/measured.ts'
import { createAsking } from '../bench/simulation/asking.ts'
import type { Design, World } from '../bench/simulation/design.ts'
import { createMessages } from '../bench/simulation/messages.ts'
import { createPolling } from '../bench/simulation/polling.ts'
import { simulate, type Result } from '../bench/simulation/simulate.ts'

const measured = readMeasured()
const scenario = { instances: 50, rate: 400, requests: 60_000, requestsPerCall: 500, seed: 7 }

function run(createDesign: (world: World) => Design): Result {
  return simulate(scenario, { measured, createDesign })
}

test('an instance with many readers at once gives nobody what others began too early', () => {
  const busy = { ...scenario, instances: 2, rate: 400, requestsPerCall: 5 }
  const { stale } = simulate(busy, { measured, createDesign: createAsking })
  expect(stale.count).toBe(0)
})

test('where each request asks, no read misses an answered invalidation, and nothing is sent', () => {
  const { stale, counts } = run(createAsking)
  expect(stale).toEqual({ count: 0, longest: 0 })
  expect(counts.messages).toBe(0)
  expect(counts.computations).toBeGreaterThan(counts.calls)
})

test('a call that is answered before its invalidation is noted leaves stale reads', () => {
  const { stale } = run((world) => {
    const asking = createAsking(world)
    return {
      ...asking,
      tell(instance, tags, told) {
        told()
        asking.tell(instance, tags, () => undefined)
      },
    }
  })
  expect(stale.count).toBeGreaterThan(0)
  expect(stale.longest).toBeGreaterThan(0)
})

test('messages come late now and then, and asking every second misses up to a second', () => {
  const messages = run(createMessages)
  expect(messages.stale.count).toBeGreaterThan(0)
  expect(messages.counts.messages / messages.counts.calls).toBeCloseTo(scenario.instances - 1, 0)
  const polling = run(createPolling)
  expect(polling.stale.count).toBeGreaterThan(messages.stale.count)
  expect(polling.stale.longest).toBeGreaterThan(500_000)
})

test('the same seed gives the same simulation', () => {
  const [{ counts, load }, again] = [run(createAsking), run(createAsking)]
  expect(again.load).toBe(load)
  // Each wait is compared, but a difference of thousands of them is nothing to print.
  expect(again.counts.waited.join() === counts.waited.join()).toBe(true)
})
