import { expect, test } from 'vitest'
import { watchStandstill } from '../../bench/load/standstill.ts'

test('a load that looks at the clock often enough never stood still', () => {
  const standstill = watchStandstill(100)
  for (let now = 100; now < 200; now += 0.2) standstill.look(now)
  expect(standstill.total()).toBe(0)
  expect(standstill.since(0)).toBe(false)
})

test('the time until the next look is what it stood still, and what was due before it is known', () => {
  const standstill = watchStandstill(100)
  standstill.look(100.1)
  standstill.look(105.1)
  standstill.look(105.2)
  expect(standstill.total()).toBe(5)
  expect(standstill.since(105)).toBe(true)
  expect(standstill.since(105.1)).toBe(false)
})
