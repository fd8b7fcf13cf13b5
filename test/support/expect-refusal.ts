import { expect } from 'vitest'
import type { RawAnswer } from './raw-request.ts'

/** Every refusal is the same for everybody: a fixed status, a constant short text, and no more. */
export function expectRefusal(answer: RawAnswer, status: number, code: string): void {
  const body = unchunked(answer)
  expect({ status: answer.status, body }).toEqual({ status, body: `volley: ${code}` })
  expect(body.length).toBeLessThanOrEqual(64)
  expect(answer.headers).toMatch(/^content-type: text\/plain\r?$/m)
  expect(answer.headers).toMatch(/^cache-control: no-store\r?$/m)
  expect(answer.headers).toMatch(/^x-content-type-options: nosniff\r?$/m)
}

function unchunked({ headers, body }: RawAnswer): string {
  if (!headers.includes('transfer-encoding: chunked')) return body
  return /^[\da-f]+\r\n(.*)\r\n0\r\n\r\n$/s.exec(body)?.[1] ?? body
}
