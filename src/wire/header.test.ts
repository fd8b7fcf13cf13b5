import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeMounted, encodeMounted } from './header.ts'

test('mounted regions survive the header, whatever their ids hold', () => {
  const ids = fc.uniqueArray(fc.string({ unit: 'grapheme', minLength: 1 }), { minLength: 1 })
  fc.assert(
    fc.property(ids, (regions) => {
      const header = encodeMounted(regions)
      expect(header).toMatch(/^[\x21-\x7e]+$/)
      expect([...decodeMounted(header)]).toEqual(regions)
    }),
  )
})

test('an absent or malformed header names no region', () => {
  expect(decodeMounted(undefined).size).toBe(0)
  expect(decodeMounted('').size).toBe(0)
  expect(decodeMounted('%zz').size).toBe(0)
})
