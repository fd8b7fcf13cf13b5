import { EventEmitter } from 'node:events'
import { PassThrough, type Readable } from 'node:stream'
import { createFromNodeStream } from '@vitejs/plugin-rsc/vendor/react-server-dom/client.node'
import { expect, test } from 'vitest'
import { gateStreams } from './gated-streams.ts'
import { renderFlight } from './render.ts'

const open = () => Promise.resolve()
const turn = () => new Promise((resolve) => setImmediate(resolve))

async function sent<model>(value: unknown): Promise<model> {
  const options = { onError: String, gated: 'value' }
  const stream = renderFlight({ value }, options).pipe(new PassThrough()) as Readable
  return (await createFromNodeStream<{ value: model }>(stream, {})).value
}

function streamOf(items: unknown[]): ReadableStream {
  return new ReadableStream({
    start(controller) {
      for (const item of items) controller.enqueue(item)
      controller.close()
    },
  })
}

async function listOf(iterable: AsyncIterable<unknown>): Promise<unknown[]> {
  const items: unknown[] = []
  for await (const item of iterable) items.push(item)
  return items
}

async function* count(to: number) {
  for (let i = 1; i <= to; i++) yield i
  return 'the end'
}

test.for([
  ['a number', 1],
  ['an object', { a: [new Map(), new Date(), 'x'] }],
  ['an element', { $$typeof: Symbol.for('react.transitional.element'), props: { s: count(1) } }],
  ['nothing', null],
])('%s holds no stream', ([, value]) => {
  expect(gateStreams(value, open)).toBeNull()
})

test('values that hold no stream stay the same objects', () => {
  const shared = { a: 1 }
  const { value } = gateStreams({ shared, stream: new ReadableStream() }, open)!
  expect((value as { shared: unknown }).shared).toBe(shared)
})

test('values arrive as they do without a gate', async () => {
  const { stream, deep } = await sent<{ stream: ReadableStream; deep: AsyncIterable<number>[] }>({
    stream: streamOf(['a', { b: 1 }]),
    deep: [{ [Symbol.asyncIterator]: () => count(3) }],
  })
  expect(await listOf(stream)).toEqual(['a', { b: 1 }])
  expect(await listOf(deep[0]!)).toEqual([1, 2, 3])
})

test('a stream that stands in two places stays one', () => {
  const stream = new ReadableStream()
  const holder = { stream }
  const { value } = gateStreams({ a: stream, b: [stream], c: holder, d: holder }, open)!
  const { a, b, c, d } = value as { a: unknown; b: unknown[]; c: { stream: unknown }; d: unknown }
  expect(a).not.toBe(stream)
  expect([b[0], c.stream, d]).toEqual([a, a, c])
  expect(d).toBe(c)
})

test('what cannot be looked through is left to React', () => {
  const locked = new ReadableStream()
  locked.getReader()
  expect(gateStreams({ locked }, open)).toBeNull()
  const hostile = {
    get broken(): never {
      throw new Error('from the getter')
    },
  }
  expect(gateStreams({ hostile, stream: new ReadableStream() }, open)).toBeNull()
})

test('so does what a generator returns', async () => {
  const { generator } = await sent<{ generator: AsyncIterator<number, string> }>({
    generator: count(1),
  })
  const results = [await generator.next(), await generator.next()]
  expect(results).toEqual([
    { done: false, value: 1 },
    { done: true, value: 'the end' },
  ])
})

test('bytes arrive as a stream of bytes', async () => {
  const bytes = new Uint8Array(200_000).map((_, i) => i)
  const { blob } = await sent<{ blob: ReadableStream<Uint8Array> }>({
    blob: new Blob([bytes]).stream(),
  })
  expect(new Uint8Array(await new Response(blob).arrayBuffer())).toEqual(bytes)
})

test('an error of a stream reaches its reader', async () => {
  const failing = new ReadableStream({
    pull: (controller) => controller.error(new Error('broken')),
  })
  const { stream } = await sent<{ stream: ReadableStream }>({ stream: failing })
  await expect(listOf(stream)).rejects.toThrow()
})

/** A destination that takes one piece and then none until it is told. */
function createSlowReader() {
  const emitter = new EventEmitter()
  let pieces = 0
  const destination = Object.assign(emitter, {
    write: () => {
      pieces++
      return false
    },
    end: () => undefined,
    destroy: () => undefined,
  })
  return {
    destination: destination as unknown as NodeJS.WritableStream,
    pieces: () => pieces,
    drain: () => emitter.emit('drain'),
  }
}

test('a stream gives no more than a slow reader takes', async () => {
  let given = 0
  const stream = new ReadableStream({
    pull(controller) {
      given++
      controller.enqueue('x'.repeat(10_000))
    },
  })
  const reader = createSlowReader()
  renderFlight({ stream }, { onError: String, gated: 'stream' }).pipe(reader.destination)
  for (let i = 0; i < 50; i++) await turn()
  const before = given
  expect(before).toBeLessThan(5)
  for (let i = 0; i < 50; i++) await turn()
  expect(given).toBe(before)
  for (let i = 0; i < 20; i++) {
    reader.drain()
    for (let j = 0; j < 5; j++) await turn()
  }
  expect(given).toBeGreaterThan(before)
  expect(given).toBeLessThan(before + 40)
})
