import type { IncomingMessage } from 'node:http'
import { expect, test } from 'vitest'
import { compression } from './compress.ts'

/** The encoding for a client that accepts these. */
function chosen(accepted: string | undefined, type = 'text/html; charset=utf-8'): unknown {
  const incoming = { headers: { 'accept-encoding': accepted } } as unknown as IncomingMessage
  const { headers, start } = compression(incoming, [['content-type', type]])
  const encoding = Object.fromEntries(headers)['content-encoding'] ?? null
  expect(start !== undefined).toBe(encoding !== null)
  return encoding
}

test.for([
  ['gzip, deflate, br', 'gzip'],
  ['br', 'br'],
  ['deflate', null],
  ['GZIP', 'gzip'],
  [' gzip ; q=0.5', 'gzip'],
  ['gzip;q=0', null],
  ['gzip;q=0.0, br', 'br'],
  ['gzip;q=0.001', 'gzip'],
  ['identity', null],
  ['', null],
  [undefined, null],
] as const)('of %o is chosen %s', ([accepted, encoding]) => {
  expect(chosen(accepted)).toBe(encoding)
})

test.for([
  ['text/x-component', 'gzip'],
  ['application/json', 'gzip'],
  ['image/svg+xml', 'gzip'],
  ['image/png', null],
  ['application/octet-stream', null],
  ['', null],
] as const)('%s is compressed by %s', ([type, encoding]) => {
  expect(chosen('gzip', type)).toBe(encoding)
})

test('what is compressed already is left as it is', () => {
  const incoming = { headers: { 'accept-encoding': 'gzip' } } as unknown as IncomingMessage
  const headers: [string, string][] = [
    ['content-type', 'text/plain'],
    ['content-encoding', 'br'],
  ]
  expect(compression(incoming, headers)).toEqual({ headers: [] })
})

test('an answer that could have been compressed says that it varies', () => {
  const incoming = { headers: {} } as unknown as IncomingMessage
  const { headers } = compression(incoming, [['content-type', 'text/plain']])
  expect(headers).toEqual([['vary', 'accept-encoding']])
})
