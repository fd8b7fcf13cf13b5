import { expect, test } from 'vitest'
import { createClock } from '../../bench/load/clock.ts'

test('a clock that is looked at often enough is right', () => {
  let time = 100
  const clock = createClock(() => time)
  for (let i = 0; i < 1000; i++) {
    time += 0.125
    expect(clock()).toBe(time)
  }
})

test('a clock stops while nobody looks at it', () => {
  let time = 100
  const clock = createClock(() => time)
  time = 107
  expect(clock()).toBe(100)
  time = 107.125
  expect(clock()).toBe(100.125)
})
