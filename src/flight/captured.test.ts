import { expect, test, vi } from 'vitest'
import { captured } from './captured.ts'

const made = (): unknown => 'made of it'

test.for<[string, unknown]>([
  ['a function', () => 1],
  ['one in an object', { list: [() => 1] }],
  ['an instance', new URL('http://a/')],
  ['a stream', new ReadableStream()],
  ['a promise', Promise.resolve(1)],
])('%s counts as what it was made of too', ([, value]) => {
  expect(captured([[() => value, 'of']], [['of', made]])()).toEqual([value, 'made of it'])
})

test.for<[string, unknown]>([
  ['a text', 'a'],
  ['nothing', null],
  ['a list', [{ id: 1, at: new Date(0) }, new Map([['a', new Set([1])]])]],
])('%s counts as itself alone', ([, value]) => {
  const read = vi.fn(made)
  expect(captured([[() => value, 'of', '"unreadable"']], [['of', read]])()).toEqual([value])
  expect(read).not.toHaveBeenCalled()
})

test('what that was made of counts in the same way, once', () => {
  const [f, g] = [() => 'f', () => 'g']
  const used = captured(
    [
      [() => f, 'g'],
      [() => 1, 'other'],
    ],
    [
      ['g', () => g, 'g', 'id'],
      ['id', () => 5, 'other'],
      ['other', () => 'other'],
    ],
  )
  expect(used()).toEqual([f, 1, g, 5])
})

test('what cannot be read is an error that names it', () => {
  expect(captured([[() => made, '"row"']])).toThrow('may have been made of "row"')
})
