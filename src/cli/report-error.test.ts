import { expect, test } from 'vitest'
import { CommandError, describeErrors } from './report-error.ts'

test('a known error is its message, without a stack', () => {
  expect(describeErrors(new CommandError('Port 3000 is in use.'), '/app')).toEqual([
    'volley: Port 3000 is in use.',
  ])
})

test('an error in a file shows the place, the message and the frame', () => {
  const error = Object.assign(new Error('Not async.'), {
    id: '/app/app/actions.ts?v=1',
    loc: { line: 3, column: 7 },
    frame: '> 3 | export function f() {}\n',
  })
  expect(describeErrors(error, '/app')).toEqual([
    'app/actions.ts:3:8\nvolley: Not async.\n> 3 | export function f() {}',
  ])
})

test('a failed build shows each of its errors', () => {
  const error = Object.assign(new Error('Build failed'), {
    errors: [new CommandError('one'), new CommandError('two')],
  })
  expect(describeErrors(error, '/app')).toEqual(['volley: one', 'volley: two'])
})

test('an unknown error keeps its stack', () => {
  expect(describeErrors(new TypeError('x is undefined'), '/app')[0]).toContain(
    'report-error.test.ts',
  )
})
