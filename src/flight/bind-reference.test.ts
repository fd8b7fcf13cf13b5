import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import {
  registerServerReference,
  renderToPipeableStream,
} from '@vitejs/plugin-rsc/vendor/react-server-dom/server.node'
import { expect, test } from 'vitest'
import { boundArguments } from './bind-reference.ts'
import { register } from './server-functions.ts'

type Fn = (...args: unknown[]) => Promise<unknown[]>

const fn = async (...args: unknown[]): Promise<unknown[]> => args
const own = register<Fn>(fn.bind(null), 'id', 'a.ts#fn')
const reacts = registerServerReference<Fn>(fn.bind(null), 'id', null)

function rendered(model: unknown): Promise<string> {
  const stream = renderToPipeableStream({ model }, {}, { onError: String })
  return text(stream.pipe(new PassThrough()))
}

test('a bound reference runs with what was bound first', async () => {
  expect(await own.bind(null, 1).bind(null, 2)(3)).toEqual([1, 2, 3])
})

test('what was bound to it is known, and to the one that it was bound from nothing', () => {
  expect(boundArguments(own.bind(null, 1).bind(null, 2))).toEqual([1, 2])
  expect(boundArguments(own)).toEqual([])
})

test.for([
  ['nothing', (one: Fn) => one],
  ['no arguments', (one: Fn) => one.bind(null)],
  ['values', (one: Fn) => one.bind(null, 'a', new Date(0)).bind(null, [undefined])],
  ['a promise', (one: Fn) => one.bind(null, Promise.resolve('later'))],
  ['another reference', (one: Fn) => one.bind(null, one.bind(null, 1))],
] as const)('with %s bound it is sent as React would send it', async ([, bind]) => {
  expect(rowsOf(await rendered(bind(own)))).toEqual(rowsOf(await rendered(bind(reacts))))
})

/** Without their order, times, and the places in the code that development tells. */
function rowsOf(payload: string): string[] {
  const rows = payload
    .trimEnd()
    .replaceAll(/,"location":\[.*?\]/g, '')
    .split('\n')
  return rows.filter((row) => !/^[0-9a-f]*:[ND]/.test(row)).toSorted()
}
