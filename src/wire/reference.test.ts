import { expect, test } from 'vitest'
import { trimArguments, withArity } from './reference.ts'

test('arguments beyond the declared parameters are dropped', () => {
  expect(trimArguments(withArity('x', 0), ['event'])).toEqual([])
  expect(trimArguments(withArity('x', 2), [1, 2, 3])).toEqual([1, 2])
  expect(trimArguments(withArity('x', 2), [1])).toEqual([1])
})

test('a rest parameter, or more parameters than the table holds, takes them all', () => {
  expect(trimArguments(withArity('x', null), [1, 2, 3])).toEqual([1, 2, 3])
  const many = Array.from({ length: 70 }, (_, i) => i)
  expect(trimArguments(withArity('x', 70), many)).toEqual(many)
})
