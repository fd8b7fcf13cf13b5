import { PassThrough, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { createFromNodeStream } from '@vitejs/plugin-rsc/vendor/react-server-dom/client.node'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { plainRow } from './plain-row.ts'
import { renderFlight } from './render.ts'

async function read(row: string): Promise<unknown> {
  return createFromNodeStream(Readable.from([row]), {})
}

/** What React's own renderer makes of a model, without the time that it notes in development. */
async function reactRows(model: object): Promise<string> {
  const stream = renderFlight(model, { onError: String })
  return (await text(stream.pipe(new PassThrough()))).replace(/^:N.*\n/, '')
}

const plain = fc.anything({
  withBigInt: true,
  withDate: true,
  withUnicodeString: true,
  maxDepth: 4,
  // React drops a key that could become a prototype.
  key: fc.oneof(
    fc.string().filter((key) => key !== '__proto__'),
    fc.constantFrom('$', '$M', 'constructor'),
  ),
  values: [
    fc.boolean(),
    fc.string(),
    fc.double(),
    fc.constantFrom(null, undefined, '$1', '$u', -0),
  ],
})

test('React’s client reads what was written', async () => {
  await fc.assert(
    fc.asyncProperty(plain.filter(isValid), async (value) => {
      const row = plainRow({ value })
      expect(row).not.toBeNull()
      expect(await read(row!)).toEqual({ value })
    }),
  )
})

test('it is what React’s renderer writes, byte for byte', async () => {
  const models = plain.filter(isValid).map((value) => ({ value }))
  await fc.assert(
    fc.asyncProperty(models, async (model) => {
      expect(plainRow(model)).toBe(await reactRows(model))
    }),
  )
})

const isValid = (value: unknown) => !holdsInvalidDate(value)

function holdsInvalidDate(value: unknown): boolean {
  if (value instanceof Date) return Number.isNaN(value.getTime())
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsInvalidDate)
}

class Point {
  x = 1
}
const shared = { a: 1 }
const cycle: unknown[] = []
cycle.push(cycle)

test.for([
  ['an element', { $$typeof: Symbol.for('react.transitional.element') }],
  ['a promise', Promise.resolve(1)],
  ['a function', () => 1],
  ['a symbol', Symbol.for('x')],
  ['a class instance', new Point()],
  ['a date that is none', new Date(Number.NaN)],
  ['a map', new Map()],
  ['a set', new Set()],
  ['bytes', new Uint8Array(2)],
  ['an iterable', { [Symbol.iterator]: () => [1][Symbol.iterator]() }],
  ['an object without a prototype', Object.create(null)],
  ['an object that stands in two places', [shared, shared]],
  ['a cycle', cycle],
] as const)('%s is left to React', ([, value]) => {
  expect(plainRow({ value: { nested: [value] } })).toBeNull()
})

test('a getter that throws is left to React, which reports it', () => {
  const model = {
    get value(): never {
      throw new Error('from the getter')
    },
  }
  expect(plainRow(model)).toBeNull()
})
