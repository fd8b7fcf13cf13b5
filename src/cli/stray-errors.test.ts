import { EventEmitter } from 'node:events'
import { expect, test } from 'vitest'
import type { LogEvent } from '../server/log.ts'
import { logStrayErrors } from './stray-errors.ts'

test('what nobody handles is logged, each one', () => {
  const logged: LogEvent[] = []
  const process = new EventEmitter()
  logStrayErrors(process, (event) => logged.push(event))
  const error = new Error('left behind')
  process.emit('unhandledRejection', error)
  process.emit('unhandledRejection', 'text')
  process.emit('uncaughtException', error)
  expect(logged).toMatchObject([
    { kind: 'error', error, where: 'a promise that nobody awaits' },
    { kind: 'error', error: 'text' },
    { kind: 'error', error, where: 'a callback outside of any request' },
  ])
})
