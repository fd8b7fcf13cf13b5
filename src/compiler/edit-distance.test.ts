import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { editDistance } from './edit-distance.ts'

test('a letter more, less or other is one step', () => {
  expect(editDistance('server', 'server')).toBe(0)
  expect(editDistance('server', 'serve')).toBe(1)
  expect(editDistance('server', 'serverr')).toBe(1)
  expect(editDistance('server', 'sorver')).toBe(1)
  expect(editDistance('server', 'sevrer')).toBe(2)
  expect(editDistance('', 'abc')).toBe(3)
})

test('it is the same in both directions, and no detour is shorter', () => {
  const text = fc.string({ maxLength: 8 })
  fc.assert(
    fc.property(text, text, text, (a, b, c) => {
      expect(editDistance(a, b)).toBe(editDistance(b, a))
      expect(editDistance(a, c)).toBeLessThanOrEqual(editDistance(a, b) + editDistance(b, c))
      expect(editDistance(a, b) === 0).toBe(a === b)
    }),
  )
})
