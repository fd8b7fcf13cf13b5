import { expect, test } from 'vitest'
import { createServerApp } from '../../test/support/server-app.ts'
import { call, callOf, send } from '../../test/support/server-request.ts'
import { open, seal } from '../flight/server-functions.ts'

const seen: unknown[][] = []
const { handler } = createServerApp({
  modules: { 'page.tsx': { default: async () => 'the page' } },
  functions: {
    // What the compiler makes of an inline function with captures.
    buy: async (sealed: unknown, ...args: unknown[]) => {
      const captured = await open(await sealed, 'buy')
      seen.push([...captured, ...args])
      return captured[0]
    },
    sell: async (sealed: unknown) => void (await open(await sealed, 'sell')),
  },
})

test.for([
  ['plain values', { price: 5n, at: new Date(0), tags: new Map([['a', new Set([1])]]) }],
  ['a promise', Promise.resolve('later')],
  ['text that begins with the mark of references', '$h1'],
])('%s come back as they were captured', async ([, value]) => {
  const { payload } = await call(handler, 'buy', { args: [await seal([value], 'buy'), 'argument'] })
  expect(payload.outcome).toEqual({ kind: 'value', value: await value })
  expect(await Promise.all(seen.pop() ?? [])).toEqual([await value, 'argument'])
})

/** One character in the middle of the text, changed. */
function flip(text: string): string {
  const middle = text.length >> 1
  return text.slice(0, middle) + (text[middle] === 'A' ? 'B' : 'A') + text.slice(middle + 1)
}

const sealed = await seal(['x'], 'buy')

test.for([
  ['of another function', await seal(['x'], 'sell')],
  ['with a bit flipped', flip(sealed)],
  ['cut at the end', sealed.slice(0, -4)],
  ['cut at the front', sealed.slice(4)],
  ['cut to nothing', ''],
  ['in clear', 'p["x"]'],
  ['that are no text', ['x']],
  ['that are missing', undefined],
])('captured values %s are refused', async ([, altered]) => {
  const { status, text } = await send(handler, '/', await callOf('buy', [altered]))
  expect([status, text, seen]).toEqual([400, 'volley: bad-request', []])
})

test('nothing that was captured can be read from the sealed text', async () => {
  const text = await seal(['the price is 5'], 'buy')
  expect(Buffer.from(text, 'base64url').toString('latin1')).not.toContain('price')
  expect(await seal(['x'], 'buy')).not.toBe(await seal(['x'], 'buy'))
})
