import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodePlain, encodePlain, type ReferenceCodec } from './plain-values.ts'

const noReferences: ReferenceCodec = { encode: () => null, decode: () => 'unreachable' }

function roundTrip(values: unknown[]): unknown {
  const text = encodePlain(values, noReferences)
  return text === null ? null : decodePlain(text, noReferences)
}

test('whatever JSON, dates, maps, sets and odd numbers make comes back as it was', () => {
  const values = fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withUnicodeString: true,
    key: fc.oneof(fc.string(), fc.constantFrom('$', '$M', '$$', '__proto__', 'constructor')),
    maxDepth: 4,
  })
  fc.assert(
    fc.property(fc.array(values), (captured) => {
      expect(roundTrip(captured)).toEqual(captured)
    }),
  )
})

test('minus zero stays minus zero', () => {
  expect(Object.is((roundTrip([-0]) as number[])[0], -0)).toBe(true)
})

test('strings and keys that look like tags stay strings and keys', () => {
  const values = ['$u', '$$', '$n1', { $M: [] }, { $f: ['x', []] }, { $: 1 }]
  expect(roundTrip(values)).toEqual(values)
})

test('a key called __proto__ never becomes a prototype', () => {
  const value = JSON.parse('{"__proto__":{"admin":true}}') as object
  const [back] = roundTrip([value]) as [{ admin?: boolean }]
  expect(back.admin).toBeUndefined()
})

test.for([
  ['a class instance', new (class Point {})()],
  ['a symbol', Symbol('x')],
  ['an element', { $$typeof: Symbol.for('react.transitional.element') }],
  ['a promise', Promise.resolve(1)],
  ['an ordinary function', () => 1],
] as const)('%s is left to Flight', ([, value]) => {
  expect(encodePlain([{ nested: [value] }], noReferences)).toBeNull()
})

test('a cycle is left to Flight', () => {
  const cycle: unknown[] = []
  cycle.push(cycle)
  expect(encodePlain(cycle, noReferences)).toBeNull()
})

test('a reference travels as its id and its bound values', () => {
  const like = () => 1
  const codec: ReferenceCodec = {
    encode: (value) => (value === like ? { id: 'like', bound: [new Date(5)] } : null),
    decode: (reference) => reference,
  }
  const text = encodePlain([{ action: like }], codec)
  expect(decodePlain(text ?? '', codec)).toEqual([{ action: { id: 'like', bound: [new Date(5)] } }])
})

test('an object that is captured twice is left to Flight, which keeps it one', () => {
  const shared = {}
  expect(encodePlain([shared, shared], noReferences)).toBeNull()
  let many: object = {}
  for (let i = 0; i < 30; i++) many = { a: many, b: many }
  expect(encodePlain([many], noReferences)).toBeNull()
})
