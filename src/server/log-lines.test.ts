import { expect, test } from 'vitest'
import { createJsonLog, createReadableLog } from './log-lines.ts'
import type { LogEvent } from './log.ts'

const call: LogEvent = {
  kind: 'call',
  name: 'app/posts.ts#create',
  args: ['x'.repeat(100), { a: [1] }],
  outcome: 'value',
  milliseconds: 12.3,
  regions: 1,
}

function lines(create: typeof createJsonLog, event: LogEvent): string[] {
  const written: string[] = []
  create((text) => written.push(text))(event)
  return written
}

test('a call is one line, with its arguments cut short', () => {
  const [line] = lines(createReadableLog, call)
  expect(line).toBe(
    `app/posts.ts#create('${'x'.repeat(40)}'... 60 more characters, { a: [ 1 ] }) → value in 12 ms, 1 region\n`,
  )
})

test('the fields of a form are shown without React’s own', () => {
  const form = new FormData()
  form.append('$ACTION_ID_x', '')
  form.append('title', 'a\nb')
  const [line] = lines(createReadableLog, { ...call, args: [form] })
  expect(line).toContain(`({ title: 'a\\nb' }) →`)
})

test('in production an error is one line of JSON with its stack and digest', () => {
  const error = new Error('broken', { cause: 'disk' })
  const [line = ''] = lines(createJsonLog, { kind: 'error', error, digest: 'd1', where: '/x' })
  expect(line.match(/\n/g)).toHaveLength(1)
  const entry = JSON.parse(line) as Record<string, string>
  expect(entry).toMatchObject({ level: 'error', digest: 'd1', where: '/x' })
  expect(entry['error']).toMatch(/^Error: broken\n\s+at .*log-lines/)
  expect(entry['error']).toContain('disk')
  expect(lines(createJsonLog, call)).toEqual([])
})

test('nothing in a refused request can forge a line', () => {
  const event: LogEvent = {
    kind: 'refused',
    status: 403,
    reason: 'x',
    method: 'POST',
    target: `/\r\n{"level":"error"}${'a'.repeat(300)}`,
  }
  for (const create of [createReadableLog, createJsonLog]) {
    const [line = ''] = lines(create, event)
    expect(line.match(/[\r\n]/g)).toEqual(['\n'])
    expect(line.length).toBeLessThan(400)
  }
})
