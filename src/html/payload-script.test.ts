import { runInNewContext } from 'node:vm'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { payloadScript } from './payload-script.ts'

function pushed(piece: Uint8Array | null): unknown {
  const script = /^<script>(.*)<\/script>$/s.exec(payloadScript(piece))?.[1]
  const self: { __volley?: unknown[] } = {}
  runInNewContext(script ?? '', { self })
  return self.__volley?.[0]
}

function bytes(value: unknown): Uint8Array {
  return typeof value === 'string'
    ? new TextEncoder().encode(value)
    : new Uint8Array(Buffer.from((value as [string])[0], 'base64'))
}

test('every byte of the payload reaches the browser', () => {
  const pieces = fc.oneof(
    fc.uint8Array(),
    fc.string({ unit: 'binary' }).map((text) => new TextEncoder().encode(text)),
  )
  fc.assert(
    fc.property(pieces, (piece) => {
      expect(bytes(pushed(piece))).toEqual(new Uint8Array(piece))
    }),
  )
  expect(pushed(null)).toBeNull()
})

test.for([
  "');x//",
  String.raw`\');x//`,
  '\r\n',
  '</script>',
  '<!--',
  '<script',
  '\u2028',
  '\u2029',
  ']]>',
  '</SCRIPT >',
])('%j never leaves its string', (text) => {
  const inside = payloadScript(new TextEncoder().encode(text)).slice('<script>'.length, -9)
  expect(inside).not.toMatch(/[<\u2028\u2029]/)
  expect(pushed(new TextEncoder().encode(text))).toBe(text)
})
