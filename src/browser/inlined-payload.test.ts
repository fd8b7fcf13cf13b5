import { expect, test } from 'vitest'
import { readInlinedPayload } from './inlined-payload.ts'

type Pieces = Parameters<typeof readInlinedPayload>[0]

test('pieces that came before and those that come later are one stream', async () => {
  const pieces: Pieces = ['0:{"a":', '"é']
  const text = new Response(readInlinedPayload(pieces)).text()
  pieces.push('1"}')
  pieces.push(null)
  expect(await text).toBe('0:{"a":"é1"}')
})

test('bytes that are no text on their own arrive as they were', async () => {
  const split = new TextEncoder().encode('é')
  const pieces: Pieces = [...split].map((byte) => [btoa(String.fromCharCode(byte))])
  const text = new Response(readInlinedPayload(pieces)).text()
  pieces.push(null)
  expect(await text).toBe('é')
})

test('a payload that was complete before the browser started is read to its end', async () => {
  expect(await new Response(readInlinedPayload(['x', null])).text()).toBe('x')
})
