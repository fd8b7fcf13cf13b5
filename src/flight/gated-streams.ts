/**
 * React reads the streams of a model as fast as they give, and keeps what its destination does not
 * take: a slow reader of a long stream would fill the memory. These are read behind a gate.
 */

/** Settles when there is room for one more piece. */
export type Gate = () => Promise<void>

/**
 * The value, with streams and async iterables of it and of the plain objects and arrays in it
 * replaced by ones that wait at the gate before each piece; `null` where there are none.
 */
export function gateStreams(value: unknown, gate: Gate): { value: unknown } | null {
  const walk: Walk = { gate, gated: new Map(), found: 0 }
  try {
    const gated = gateValue(value, walk)
    return walk.found > 0 ? { value: gated } : null
  } catch {
    // A stream that is locked, a getter that throws, or an endless depth: React reports it.
    return null
  }
}

/** `gated` has for each object what stands for it, wherever it stands. */
type Walk = { gate: Gate; gated: Map<object, unknown>; found: number }

function gateValue(value: unknown, walk: Walk): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (walk.gated.has(value)) return walk.gated.get(value)
  // For what contains itself.
  walk.gated.set(value, value)
  const gated = gateObject(value, walk)
  walk.gated.set(value, gated)
  return gated
}

function gateObject(value: object, walk: Walk): unknown {
  if (value instanceof ReadableStream) {
    if (value.locked) return value
    walk.found++
    return gateStream(value, walk.gate)
  }
  if (isAsyncIterable(value)) {
    walk.found++
    return gateIterable(value, walk.gate)
  }
  const isList = Array.isArray(value)
  const isPlain = Object.getPrototypeOf(value) === Object.prototype && !('$$typeof' in value)
  if (!isList && !isPlain) return value
  const before = walk.found
  const entries = Object.entries(value).map(([key, item]) => [key, gateValue(item, walk)] as const)
  if (walk.found === before && entries.every(([key, item]) => Reflect.get(value, key) === item)) {
    return value
  }
  return isList ? entries.map(([, item]) => item) : Object.fromEntries(entries)
}

/** A stream of bytes stays one: React sends these as they are, and others as values. */
function gateStream(stream: ReadableStream<unknown>, gate: Gate): ReadableStream<unknown> {
  const bytes = byteReader(stream)
  if (bytes) {
    return new ReadableStream({
      type: 'bytes',
      async pull(controller) {
        await gate()
        const { done, value } = await bytes.read(new Uint8Array(pieceSize))
        if (value && value.byteLength > 0) controller.enqueue(value)
        if (!done) return
        controller.close()
        // A request for bytes that is open has to be answered as well.
        controller.byobRequest?.respond(0)
      },
      cancel: (reason) => bytes.cancel(reason),
    })
  }
  const reader = stream.getReader()
  const source: UnderlyingDefaultSource<unknown> = {
    async pull(controller) {
      await gate()
      const { done, value } = await reader.read()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    cancel: (reason) => reader.cancel(reason),
  }
  return new ReadableStream(source, { highWaterMark: 0 })
}

/** In bytes. */
const pieceSize = 64 * 1024

function byteReader(stream: ReadableStream<unknown>): ReadableStreamBYOBReader | null {
  try {
    return stream.getReader({ mode: 'byob' })
  } catch {
    // It is a stream of other things than bytes.
    return null
  }
}

function isAsyncIterable(value: object): value is AsyncIterable<unknown> {
  return Symbol.asyncIterator in value && typeof value[Symbol.asyncIterator] === 'function'
}

/** An iterator, which is read once, stays one; so does what a generator returns at its end. */
function gateIterable(iterable: AsyncIterable<unknown>, gate: Gate): AsyncIterable<unknown> {
  const first = iterable[Symbol.asyncIterator]()
  if (Object.is(first, iterable)) return gateIterator(first, gate)
  let next: AsyncIterator<unknown> | null = first
  return {
    [Symbol.asyncIterator]() {
      const iterator = next ?? iterable[Symbol.asyncIterator]()
      next = null
      return gateIterator(iterator, gate)
    },
  }
}

function gateIterator(
  iterator: AsyncIterator<unknown>,
  gate: Gate,
): AsyncIterableIterator<unknown> {
  const gated: AsyncIterableIterator<unknown> = {
    async next() {
      await gate()
      return iterator.next()
    },
    [Symbol.asyncIterator]: () => gated,
  }
  const end = iterator.return?.bind(iterator)
  const fail = iterator.throw?.bind(iterator)
  if (end) gated.return = end
  if (fail) gated.throw = fail
  return gated
}
