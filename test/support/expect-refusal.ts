import { expect } from 'vitest'
import type { RawAnswer } from './raw-request.ts'

/** Every refusal is the same for everybody: a fixed status, a constant text, and no more. */
export function expectRefusal(answer: RawAnswer, status: number, code: string): void {
  const { headers } = answer
  const body = unchunked(answer.body)
  expect({ status: answer.status, body }).toEqual({ status, body: `volley: ${code}` })
  expect(body.length).toBeLessThanOrEqual(64)
  expect(headers).toContain('content-type: text/plain')
  expect(headers).toContain('cache-control: no-store')
  expect(headers).toContain('x-content-type-options: nosniff')
}

function unchunked(body: string): string {
  return /^[\da-f]+\r\n(.*)\r\n0\r\n\r\n$/s.exec(body)?.[1] ?? body
}
