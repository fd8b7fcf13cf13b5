import { expect, test } from 'vitest'
import { effectsOf, expectAlive, useTarget } from '../support/attack.ts'
import { expectRefusal } from '../support/expect-refusal.ts'
import { referenceTo, roundTrip } from '../support/round-trip.ts'
import { sendCall, type Parts } from '../support/send.ts'

const target = useTarget()

const bytes = () => new Uint8Array([1, 2, 3, 4, 5, 6, 7, 255]).buffer

async function* letters() {
  yield 'a'
  yield 'b'
}

const cycle = () => {
  const node: { name: string; self?: object } = { name: 'a' }
  node.self = node
  return node
}

const form = () => {
  const data = new FormData()
  data.append('a', '1')
  data.append('a', '2')
  data.append('$ACTION_ID_x', 'not ours')
  data.append('file', new File(['bytes'], '../../etc/passwd', { type: 'text/x' }))
  return data
}

/** Every type that React's encoder takes, made anew because streams are read once. */
const shapes: Record<string, () => unknown> = {
  undefined: () => undefined,
  null: () => null,
  booleans: () => [true, false],
  numbers: () => [0, -0, 1.5, Number.MAX_VALUE, Number.MIN_VALUE, NaN, Infinity, -Infinity],
  texts: () => ['', 'ü', '\u2028', '</script>', '\ud800', '$', '$$', '$h1', '$undefined', '$K1'],
  bigints: () => [0n, -1n, 2n ** 64n],
  dates: () => [new Date(0), new Date(-1), new Date(8.64e15)],
  'lists in lists': () => [[], [[]], [1, [2, [3]]]],
  objects: () => ({ a: 1, b: { c: undefined }, '': 2, $: 3, 'a:b': 4 }),
  'the same object twice': () => {
    const one = { a: 1 }
    return [one, one]
  },
  'an object in itself': cycle,
  maps: () =>
    new Map<unknown, unknown>([
      ['a', new Map([[1, 2]])],
      [{ b: 1 }, null],
    ]),
  sets: () => new Set([1, 'a', new Set([2])]),
  forms: form,
  files: () => new File(['bytes'], 'a.txt', { type: 'text/x' }),
  blobs: () => new Blob(['bytes'], { type: 'text/x' }),
  buffers: bytes,
  'views of a buffer': () => new DataView(bytes(), 1, 3),
  'arrays of 8 bits': () => [new Int8Array(bytes()), new Uint8Array(bytes())],
  'arrays of clamped 8 bits': () => new Uint8ClampedArray(bytes()),
  'arrays of 16 bits': () => [new Int16Array(bytes()), new Uint16Array(bytes())],
  'arrays of 32 bits': () => [new Int32Array(bytes()), new Uint32Array(bytes())],
  'arrays of floats': () => [new Float32Array(bytes()), new Float64Array(bytes())],
  'arrays of 64 bits': () => [new BigInt64Array(bytes()), new BigUint64Array(bytes())],
  promises: () => [Promise.resolve({ a: 1 })],
  iterators: () => ['a', 'b'].values(),
  'async iterables': () => ({ [Symbol.asyncIterator]: letters }),
  'async iterators': letters,
  streams: () =>
    new ReadableStream({
      start(controller) {
        controller.enqueue('a')
        controller.enqueue('b')
        controller.close()
      },
    }),
  'streams of bytes': () =>
    new ReadableStream({
      type: 'bytes',
      start(controller) {
        controller.enqueue(new Uint8Array([1, 2]))
        controller.close()
      },
    }),
}

test.for(Object.entries(shapes))('15: %s arrive, and come back as they were', async ([, make]) => {
  const { app, ids } = target()
  const before = await effectsOf(app)
  const { status, value } = await roundTrip(app, ids['echo']!, [make()])
  expect(status).toBe(200)
  expect(await contentOf(value)).toEqual(await contentOf(make()))
  expect(await effectsOf(app)).toBe(before + 1)
  await expectAlive(app)
})

test('15: what only the browser can read comes back as the same thing', async () => {
  const { app, ids } = target()
  const before = await effectsOf(app)
  const local = () => 'canary-in-the-source-of-a-function'
  const values = [local, Symbol('here'), new (class Own {})(), /a/, new Error('here')]
  for (const value of values) {
    expect(await roundTrip(app, ids['echo']!, [value])).toEqual({ status: 200, value })
  }
  expect(await effectsOf(app)).toBe(before + values.length)
  await expectAlive(app)
})

test('15: a server function comes back as a function', async () => {
  const { app, ids } = target()
  const before = await effectsOf(app)
  // No test calls this one: that it is an argument is why it is loaded.
  const value = referenceTo(ids['renamed']!)
  const answer = await roundTrip(app, ids['echo']!, [value])
  expect([answer.status, typeof answer.value]).toEqual([200, 'function'])
  // Only what stays in the browser comes back as itself.
  expect(answer.value).not.toBe(value)
  expect(await effectsOf(app)).toBe(before + 1)
  await expectAlive(app)
})

/** The limits of docs/security.md, and a reply that has as many of each as is given. */
const limits: Record<string, [limit: number, reply: (count: number) => string | Parts]> = {
  arguments: [64, (count) => JSON.stringify(times(count, () => 1))],
  depth: [64, (count) => '['.repeat(count) + ']'.repeat(count)],
  'depth over rows': [64, (count) => chain(count)],
  // The parts of a form end there as well: a row is a part.
  rows: [
    1_000,
    (count) => [['0', '[]'], ...times(count - 1, (i) => [String(i + 1), '1'] as const)],
  ],
  'items of a stream': [
    1_000,
    (count) => [['0', '["$R1"]'], ...times(count - 2, () => ['S1', '1'] as const), ['S1', 'C']],
  ],
  // The list of arguments has the first.
  items: [100_000, (count) => JSON.stringify([times(count - 1, () => 1)])],
  'items of several lists': [
    100_000,
    (count) => JSON.stringify([times(1_000, () => 1), times(count - 1_002, () => 1)]),
  ],
  properties: [50_000, (count) => JSON.stringify([objectOf(count)])],
  'digits of a bigint': [300, (count) => `["$n${'9'.repeat(count)}"]`],
  'digits of a negative bigint': [299, (count) => `["$n-${'9'.repeat(count)}"]`],
  streams: [
    8,
    (count) => [
      ['0', JSON.stringify(times(count, (i) => `$R${i + 1}`))],
      ...times(count, (i) => [`S${i + 1}`, 'C'] as const),
    ],
  ],
  'bound arguments': [
    32,
    (count) => [
      ['0', '["$h1"]'],
      ['1', JSON.stringify({ id: target().ids['echo'], bound: '$@2' })],
      ['2', JSON.stringify(times(count, () => 1))],
    ],
  ],
  // The list of arguments is one of the 1,000 parts.
  'entries of forms': [
    999,
    (count) => [['0', '["$K1"]'], ...times(count, (i) => [`_1_${i}`, 'a'] as const)],
  ],
}

test.for(Object.entries(limits))('15: %s may reach their limit', async ([, [limit, reply]]) => {
  const { app, ids } = target()
  const before = await effectsOf(app)
  const answer = await sendCall(app, ids['take']!, reply(limit))
  expect(answer.status, answer.body).toBe(200)
  expect(await effectsOf(app)).toBe(before + 1)
  await expectAlive(app, [answer.body])
})

test.for(Object.entries(limits))('15: %s may not exceed their limit (92)', async ([, given]) => {
  const { app, ids } = target()
  const before = await effectsOf(app)
  const [limit, reply] = given
  for (const count of [limit + 1, Math.ceil(limit * 1.5)]) {
    expectRefusal(await sendCall(app, ids['take']!, reply(count)), 400, 'bad-request')
  }
  expect(await effectsOf(app)).toBe(before)
  await expectAlive(app)
})

test('15: lists as deep as a body is long are refused, and not by running out of stack (92)', async () => {
  const { app, ids } = target()
  const before = await effectsOf(app)
  for (const [open, close] of [
    ['[', ']'],
    ['{"a":', '}'],
  ] as const) {
    const deep = open.repeat(100_000) + '1' + close.repeat(100_000)
    expectRefusal(await sendCall(app, ids['take']!, `[${deep}]`), 400, 'bad-request')
    const rows: Parts = [
      ['0', '["$1"]'],
      ['1', deep],
    ]
    expectRefusal(await sendCall(app, ids['take']!, rows), 400, 'bad-request')
  }
  expect(await effectsOf(app)).toBe(before)
  await expectAlive(app)
})

test('15: arguments that are no list, and texts that are no JSON, are refused', async () => {
  const { app, ids } = target()
  const before = await effectsOf(app)
  const bodies = [
    '',
    ' ',
    '1',
    '{}',
    '"a"',
    'null',
    '{"length":1}',
    '[',
    '[1]x',
    '\0',
    "['a']",
    '[1,]',
  ]
  for (const body of [...bodies, '"$Q1"', '"$undefined"', '"$n1"', '"$D0"']) {
    expectRefusal(await sendCall(app, ids['take']!, body), 400, 'bad-request')
    expectRefusal(await sendCall(app, ids['take']!, [['0', body]]), 400, 'bad-request')
  }
  expectRefusal(await sendCall(app, ids['take']!, [['1', '[]']]), 400, 'bad-request')
  expect(await effectsOf(app)).toBe(before)
  await expectAlive(app)
})

test('15: rows that stand only for one another are no arguments (92)', async () => {
  const { app, ids } = target()
  const before = await effectsOf(app)
  for (const kind of ['', '@', 'Q', 'W', 'i']) {
    for (const length of [1, 2, 5]) {
      const ring = times(length, (i) => [String(i), `"$${kind}${(i + 1) % length}"`] as const)
      expectRefusal(await sendCall(app, ids['take']!, ring), 400, 'bad-request')
    }
  }
  expect(await effectsOf(app)).toBe(before)
  await expectAlive(app)
})

function times<item>(count: number, make: (i: number) => item): item[] {
  return Array.from({ length: count }, (_, i) => make(i))
}

/** Lists in lists, each in a row of its own; the list of arguments is the first. */
function chain(count: number): Parts {
  const rows = times(count - 1, (i) => [String(i), `["$${(i + 1).toString(16)}"]`] as const)
  return [...rows, [String(count - 1), '[]']]
}

function objectOf(count: number): object {
  return Object.fromEntries(times(count, (i) => [`k${i}`, 1]))
}

/** What is in a value, with all that can be read once or later read. */
async function contentOf(value: unknown): Promise<unknown> {
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Promise) return { promised: await contentOf(await value) }
  // A file comes back as a blob: React's answers have no file names.
  if (value instanceof Blob) return { type: value.type, text: await value.text() }
  if (value instanceof FormData) {
    return Promise.all([...value].map(async ([name, entry]) => [name, await contentOf(entry)]))
  }
  if (value instanceof ReadableStream || Symbol.asyncIterator in value) {
    const items: unknown[] = []
    for await (const item of value as AsyncIterable<unknown>) items.push(item)
    return { items }
  }
  if (Array.isArray(value)) return Promise.all(value.map(contentOf))
  if ('next' in value && Symbol.iterator in value) return [...(value as Iterable<unknown>)]
  return value
}
