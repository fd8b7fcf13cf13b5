import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { codeFrame, positionAt } from './code-frame.ts'

const lines = Array.from({ length: 12 }, (_, index) => `line ${index + 1}`)

test('two lines around the place are shown, with carets under it', () => {
  const start = lines.join('\n').indexOf('8')
  expect(codeFrame(lines.join('\n'), { start, end: start + 1 })).toBe(
    [
      '   6 | line 6',
      '   7 | line 7',
      '>  8 | line 8',
      '     |      ^',
      '   9 | line 9',
      '  10 | line 10',
    ].join('\n'),
  )
})

test('a place of several lines has carets to the end of the first', () => {
  expect(codeFrame('ab\ncd', { start: 1, end: 5 })).toBe('> 1 | ab\n    |  ^\n  2 | cd')
})

test('an empty place has one caret', () => {
  expect(codeFrame('', { start: 0, end: 0 })).toBe('> 1 |\n    | ^')
})

test('a position leads back to its offset', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '\n', '\t', '😀') })
  fc.assert(
    fc.property(text, fc.nat(), (code, number) => {
      const offset = number % (code.length + 1)
      const { line, column } = positionAt(code, offset)
      const before = code.split('\n').slice(0, line - 1)
      expect(before.join('\n').length + (line > 1 ? 1 : 0) + column - 1).toBe(offset)
    }),
  )
})
