import { expect, test } from 'vitest'
import type { LogEvent } from '../server/log.ts'
import { createJsonLog } from './json-log.ts'

function lines(event: LogEvent): string[] {
  const written: string[] = []
  createJsonLog((text) => written.push(text))(event)
  return written
}

test('an error is one line of JSON with its stack, its cause and its digest', () => {
  const error = new Error('broken', { cause: 'disk' })
  const [line = ''] = lines({ kind: 'error', error, digest: 'd1', where: '/x' })
  expect(line.match(/\n/g)).toHaveLength(1)
  const entry = JSON.parse(line) as Record<string, string>
  expect(entry).toMatchObject({ level: 'error', digest: 'd1', where: '/x' })
  expect(entry['error']).toMatch(/^Error: broken\n\s+at .*json-log/)
  expect(entry['error']).toContain('disk')
})

test('nothing in a refused request can forge a line', () => {
  const target = `/\r\n{"level":"error"}${'a'.repeat(300)}`
  const [line = ''] = lines({ kind: 'refused', status: 403, reason: 'x', method: 'POST', target })
  expect(line.match(/[\r\n]/g)).toEqual(['\n'])
  expect(line.length).toBeLessThan(300)
})

test('a call is no line (261)', () => {
  const call = { name: 'app/a.ts#run', args: [], outcome: 'value', milliseconds: 1, regions: 0 }
  expect(lines({ kind: 'call', ...call })).toEqual([])
})
