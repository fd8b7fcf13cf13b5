import { PassThrough, Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { createFromNodeStream } from '@vitejs/plugin-rsc/vendor/react-server-dom/client.node'
import { expect, test } from 'vitest'
import { completeLate, placeholder } from './late-property.ts'
import { renderFlight } from './render.ts'

type Model = { late: Promise<string[]>; rest: unknown }

function render(rest: unknown, value: () => readonly string[]) {
  return renderFlight({ rest }, { onError: String, late: { name: 'late', value } })
}

function decode(stream: NodeJS.ReadableStream): Promise<Model> {
  return createFromNodeStream<Model>(stream, {})
}

/** A destination that notes what it is given, and has room while `room` is true. */
function createDestination(room = true) {
  const pieces: string[] = []
  const destination = new Writable()
  destination.write = (piece: Uint8Array | string) => {
    pieces.push(Buffer.from(piece).toString('latin1'))
    return room
  }
  destination.end = () => {
    pieces.push('the end')
    return destination
  }
  return { pieces, destination }
}

test('the value is asked for at the end, when all of the model has been rendered', async () => {
  const { promise, resolve } = Promise.withResolvers<string>()
  const value: string[] = []
  const stream = render({ slow: promise }, () => value)
  const { late, rest } = await decode(stream.pipe(new PassThrough()))
  value.push('a', 'b')
  resolve('slow')
  expect(await late).toEqual(['a', 'b'])
  expect(await (rest as { slow: Promise<string> }).slow).toBe('slow')
})

test.for([
  ['short texts', 'x'],
  ['a text that React writes in a piece of its own', 'x'.repeat(10_000)],
  ['texts that fill the pieces of React', Array.from({ length: 500 }, (_, i) => `${i} ü`)],
  ['bytes', new Uint8Array(9_000).fill(7)],
  ['what comes in rows before', new Map([['a', new Set('bc')]])],
] as [string, unknown][])('with %s everything arrives', async ([, rest]) => {
  const { late, ...model } = await decode(render(rest, () => ['t']).pipe(new PassThrough()))
  expect(await late).toEqual(['t'])
  expect(model.rest).toEqual(rest)
})

test('wherever a piece ends, the placeholder is found and the bytes stay what they are', () => {
  const row = `1:"ü"\n0:{"late":"${placeholder}","rest":1}\n`
  const bytes = Buffer.from(row)
  const whole = row.replace(placeholder, `$@${'7fffffff'.padStart(placeholder.length - 2, '0')}`)
  for (let at = 0; at <= bytes.length; at++) {
    const { pieces, destination } = createDestination()
    completeLate(destination, () => ['a'])
    destination.write(bytes.subarray(0, at))
    destination.write(bytes.subarray(at))
    destination.end()
    const written = Buffer.from(pieces.join(''), 'latin1').toString()
    expect(written).toBe(`${whole}7fffffff:["a"]\nthe end`)
  }
  expect(bytes.toString()).toBe(row)
})

test('a placeholder that is cut into bytes is found', () => {
  const { pieces, destination } = createDestination()
  completeLate(destination, () => [])
  for (const byte of Buffer.from(`0:"${placeholder}"\n`)) destination.write(Buffer.of(byte))
  destination.end()
  expect(pieces.join('')).toMatch(/^0:"\$@0+7fffffff"\n7fffffff:\[\]\nthe end$/)
})

test('React learns when there is no room', () => {
  const { destination } = createDestination(false)
  completeLate(destination, () => [])
  expect(destination.write(`1:"${'long'.repeat(20)}"\n`)).toBe(false)
  expect(destination.write(`0:"${placeholder}"\n`)).toBe(false)
  expect(destination.write('2:"more"\n')).toBe(false)
})

test('a slow reader gets everything', async () => {
  const rest = Array.from({ length: 50 }, (_, i) => Promise.resolve(`${i}`.repeat(3_000)))
  const narrow = new PassThrough({ highWaterMark: 1 })
  const { late, rest: list } = await decode(render(rest, () => ['t']).pipe(narrow))
  expect((await Promise.all(list as Promise<string>[])).join('').length).toBe(50 * 3_000 * 1.8)
  expect(await late).toEqual(['t'])
})

test('a rendering that is stopped tells what is known by then', async () => {
  const stream = render({ never: new Promise(() => {}) }, () => ['known'])
  const { late, rest } = await decode(stream.pipe(new PassThrough()))
  stream.abort(new Error('stopped'))
  await expect((rest as { never: Promise<never> }).never).rejects.toThrow()
  expect(await late).toEqual(['known'])
})

test('of a stream that breaks off, the value is not known', async () => {
  const destination = new PassThrough()
  const { late } = await decode(
    render({ never: new Promise(() => {}) }, () => []).pipe(destination),
  )
  const reading = Promise.resolve(late)
  destination.destroy(new Error('lost'))
  await expect(reading).rejects.toThrow('lost')
})

test('a rendering that is stopped before it began is an error, and nothing else', async () => {
  const stream = render('x', () => ['t'])
  stream.abort(new Error('stopped'))
  const flight = await text(stream.pipe(new PassThrough()))
  expect(flight).toMatch(/^1:E.*\n0:"\$1"\n$/m)
})

test('streams that wait for the reader arrive as well', async () => {
  const options = { onError: String, gated: 'rest', late: { name: 'late', value: () => ['t'] } }
  async function* count() {
    yield* [1, 2, 3]
  }
  const stream = renderFlight({ rest: count() }, options)
  const { late, rest } = await decode(stream.pipe(new PassThrough({ highWaterMark: 1 })))
  const items: unknown[] = []
  for await (const item of rest as AsyncIterable<number>) items.push(item)
  expect([items, await late]).toEqual([[1, 2, 3], ['t']])
})
