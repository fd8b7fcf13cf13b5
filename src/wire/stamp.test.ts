import { expect, test } from 'vitest'
import { isNewer } from './stamp.ts'

test('within an instance the higher counter is newer; between instances nobody knows', () => {
  expect(isNewer({ instance: 'a', counter: 2 }, { instance: 'a', counter: 1 })).toBe(true)
  expect(isNewer({ instance: 'a', counter: 1 }, { instance: 'a', counter: 1 })).toBe(false)
  expect(isNewer({ instance: 'a', counter: 2 }, { instance: 'b', counter: 1 })).toBeNull()
})
