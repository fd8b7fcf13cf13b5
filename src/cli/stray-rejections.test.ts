import { EventEmitter } from 'node:events'
import { expect, test } from 'vitest'
import type { LogEvent } from '../server/log.ts'
import { logStrayRejections } from './stray-rejections.ts'

test('a rejection that nobody handles is logged, each one', () => {
  const logged: LogEvent[] = []
  const process = new EventEmitter()
  logStrayRejections(process, (event) => logged.push(event))
  const error = new Error('left behind')
  process.emit('unhandledRejection', error)
  process.emit('unhandledRejection', 'text')
  expect(logged).toMatchObject([
    { kind: 'error', error, where: 'a promise that nobody awaits' },
    { kind: 'error', error: 'text' },
  ])
})
