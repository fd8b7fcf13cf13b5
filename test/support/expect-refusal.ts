import { expect } from 'vitest'
import type { RawAnswer } from './raw-request.ts'

/** Every refusal is the same for everybody: a fixed status, a constant text, and no more. */
export function expectRefusal(answer: RawAnswer, status: number, code: string): void {
  const body = unchunked(answer.body)
  expect({ status: answer.status, body }).toEqual({ status, body: `volley: ${code}` })
  expect(body.length).toBeLessThanOrEqual(64)
  const lines = answer.headers.split('\r\n')
  for (const line of constantLines) expect(lines).toContain(line)
}

const constantLines = [
  'content-type: text/plain',
  'cache-control: no-store',
  'x-content-type-options: nosniff',
]

/** A body of several chunks stays as it is, which no refusal may have. */
function unchunked(body: string): string {
  return /^[\da-f]+\r\n(.*)\r\n0\r\n\r\n$/s.exec(body)?.[1] ?? body
}
