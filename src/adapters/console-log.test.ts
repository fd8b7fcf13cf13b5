import { expect, test, vi } from 'vitest'
import { callLine, createConsoleLog } from './console-log.ts'

const call = {
  kind: 'call',
  name: 'app/posts.ts#create',
  args: [],
  outcome: 'value',
  milliseconds: 11.6,
  regions: 1,
} as const

test('a call is one line: name, arguments, outcome, regions, duration', () => {
  expect(callLine({ ...call, args: ['Hello', 7, { a: 1 }] })).toBe(
    "call app/posts.ts#create('Hello', 7, { a: 1 }) → value, 1 region, 12 ms",
  )
})

test.for([true, false])('calls are shown: %s (261)', (showsCalls) => {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  createConsoleLog({ showsCalls })({ ...call, args: [] })
  expect(write.mock.calls.length).toBe(showsCalls ? 1 : 0)
  write.mockRestore()
})

test('a form is shown by its fields', () => {
  const form = new FormData()
  form.append('title', 'Hi')
  form.append('image', new File(['abc'], 'a.png'))
  expect(callLine({ ...call, args: [form] })).toContain(
    "(FormData { title: 'Hi', image: File 3 B })",
  )
})

test('long arguments are cut', () => {
  const line = callLine({
    ...call,
    args: ['x'.repeat(10_000), 'y'.repeat(10_000), 'z'.repeat(10_000)],
  })
  expect(line.length).toBeLessThan(200)
})

test('what a client sent cannot start a line of its own', () => {
  const form = new FormData()
  form.append('a\nrefused 403', 'b\u001b[2J\u2028')
  expect(callLine({ ...call, args: [form] })).not.toMatch(/[\p{Cc}\u2028]/u)
})

test('the fields by which React names a function are not shown', () => {
  const form = new FormData()
  form.append('$ACTION_REF_1', '')
  form.append('title', 'Hello')
  const line = callLine({
    kind: 'call',
    name: 'app/posts.ts#create',
    args: [form],
    outcome: 'value',
    milliseconds: 1,
    regions: 0,
  })
  expect(line).toContain("(FormData { title: 'Hello' })")
})
