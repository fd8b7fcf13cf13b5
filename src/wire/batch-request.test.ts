import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type BatchedCall,
  canBeBatched,
  decodeBodies,
  decodeNames,
  encodeBatch,
  maxBatch,
  maxBatchSize,
  splitCalls,
} from './batch-request.ts'
import { callHeader, keyHeader } from './header.ts'

const name = fc.string({ minLength: 1 }).filter(canBeBatched)
const batched: fc.Arbitrary<BatchedCall> = fc.record({
  id: name,
  key: name,
  body: fc.jsonValue().map((value) => JSON.stringify([value])),
})

test('ids, keys and arguments come back in the order of the calls', () => {
  fc.assert(
    fc.property(fc.array(batched, { minLength: 1, maxLength: maxBatch }), (calls) => {
      const { headers, body } = encodeBatch(calls)
      expect(decodeNames(headers[callHeader]!)).toEqual(calls.map(({ id }) => id))
      expect(decodeNames(headers[keyHeader]!)).toEqual(calls.map(({ key }) => key))
      expect(decodeBodies(body, calls.length)).toEqual(calls.map((call) => call.body))
    }),
  )
})

test('as many bodies as calls are a batch, and no other number', () => {
  expect(decodeBodies('[1]\n[2]', 2)).toEqual(['[1]', '[2]'])
  expect(decodeBodies('[1]\n[2]', 1)).toBeNull()
  expect(decodeBodies('[1]\n[2]', 3)).toBeNull()
  expect(decodeBodies('[1]\n[2]\n', 2)).toBeNull()
  expect(decodeBodies('', 1)).toEqual([''])
})

test('a POST takes so many calls, and so many characters as no server reads more bytes of', () => {
  const call = (body: string): BatchedCall => ({ id: 'a', key: 'k', body })
  const sizes = (bodies: string[]) => splitCalls(bodies.map(call)).map(({ length }) => length)
  expect(sizes(Array.from({ length: 70 }, () => '[]'))).toEqual([32, 32, 6])
  const third = '本'.repeat(maxBatchSize / 3 / 3)
  expect(sizes([third, third, third, third])).toEqual([2, 2])
  const long = '本'.repeat(maxBatchSize / 3)
  expect(sizes(['[]', long, '[]', '[]'])).toEqual([1, 1, 2])
  for (const batch of splitCalls([third, third, '[]', '[]'].map(call))) {
    expect(Buffer.byteLength(encodeBatch(batch).body)).toBeLessThanOrEqual(maxBatchSize)
  }
  expect(sizes([])).toEqual([])
})

test('an id with a comma is not part of a list', () => {
  expect(canBeBatched('app/a,b.ts#save0')).toBe(false)
  expect(canBeBatched('app/actions.ts#save0')).toBe(true)
})
