import { expect, test } from 'vitest'
import { createLoadGauge } from './load-gauge.ts'

function burn(milliseconds: number): void {
  const end = performance.now() + milliseconds
  while (performance.now() < end);
}

const nextTurn = () => new Promise((resolve) => setImmediate(resolve))

test('what comes late in a long turn of the event loop is sent away', () => {
  const gauge = createLoadGauge({ maxCalls: 10, maxDelay: 20 })
  gauge.check()
  burn(30)
  expect(() => gauge.check()).toThrow('late (maxDelay)')
})

test('so is what may have waited for the end of the turn before', async () => {
  const gauge = createLoadGauge({ maxCalls: 10, maxDelay: 20 })
  gauge.check()
  burn(30)
  await nextTurn()
  expect(() => gauge.check()).toThrow('late (maxDelay)')
})

test('after a moment with nothing to do, all is well', async () => {
  const gauge = createLoadGauge({ maxCalls: 10, maxDelay: 20 })
  gauge.check()
  burn(30)
  await new Promise((resolve) => setTimeout(resolve, 30))
  expect(() => gauge.check()).not.toThrow()
})

test('of many refusals one is logged, with the number of the others', () => {
  const gauge = createLoadGauge({ maxCalls: 1, maxDelay: 1_000 })
  gauge.enter()
  const refusals = [1, 2, 3].map(() => {
    try {
      return gauge.check()
    } catch (error) {
      return error
    }
  })
  expect(refusals).toMatchObject([{ isQuiet: false }, { isQuiet: true }, { isQuiet: true }])
})

test('a process that is busy and not late refuses nobody, however seldom they call', async () => {
  const gauge = createLoadGauge({ maxCalls: 10, maxDelay: 200 })
  for (let i = 0; i < 3; i++) {
    gauge.check()
    const end = performance.now() + 400
    // Turns of 3 ms, one after the other, with no idle time between them.
    while (performance.now() < end) {
      burn(3)
      await nextTurn()
    }
  }
  expect(() => gauge.check()).not.toThrow()
})
