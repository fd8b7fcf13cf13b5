import { expect, test } from 'vitest'
import { decodeRefusal, encodeRefusal, refusals, type RefusalCode } from './refusal.ts'

test.for(Object.keys(refusals) as RefusalCode[])('refusal %s survives its body', (code) => {
  expect(decodeRefusal(encodeRefusal(code))).toBe(code)
  expect(encodeRefusal(code).length).toBeLessThanOrEqual(64)
})

test('a body that Volley did not write is no refusal', () => {
  expect(['', 'stale', 'volley: toString', 'volley: '].map(decodeRefusal)).toEqual([
    null,
    null,
    null,
    null,
  ])
})
