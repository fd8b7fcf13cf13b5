/** What becomes of values that React does not send as they are. */
export type Choice = {
  /** Elements and functions. */
  opaque: (value: unknown) => unknown
  /** Streams and iterators: reading them takes them from whoever else reads them. */
  stream: (value: object) => unknown
  /** What can be awaited; `settled` awaits it, and copies what it holds. */
  thenable: (value: PromiseLike<unknown>, settled: () => Promise<unknown>) => unknown
  /** What a promise was rejected with. */
  failure: (error: unknown) => unknown
  /** Whatever React cannot send. */
  other: (value: unknown, path: string) => unknown
}

/**
 * The values, copied as far as React can send them. What it cannot send it would not refuse: a cached
 * function would get a reference that looks empty, and is no part of the key.
 */
export function sendable(values: unknown[], choice: Choice): unknown[] {
  return copyOf(values, 'arguments', { ...choice, copies: new Map() }) as unknown[]
}

type Walk = Choice & { copies: Map<object, unknown> }

function copyOf(value: unknown, path: string, walk: Walk): unknown {
  if (typeof value === 'function') return walk.opaque(value)
  if (typeof value === 'symbol') return walk.other(value, path)
  if (typeof value !== 'object' || value === null || isSentAsIs(value)) return value
  if (isElement(value)) return walk.opaque(value)
  const known = walk.copies.get(value)
  return known ?? copyOfObject(value, path, walk)
}

/** Copies are noted before they are filled: a value may hold itself. */
function copyOfObject(value: object, path: string, walk: Walk): unknown {
  const note = <copy extends object>(copy: copy): copy => {
    walk.copies.set(value, copy)
    return copy
  }
  // A Buffer is sent as bytes too, but would become JSON before React sees it.
  if (Buffer.isBuffer(value)) return note(new Uint8Array(value))
  if (Array.isArray(value)) return fillList(note([]), value, { path, walk })
  if (value instanceof Map) return fillMap(note(new Map()), value, { path, walk })
  if (value instanceof Set) return fillSet(note(new Set()), value, { path, walk })
  if (isThenable(value)) return noteThenable(value, path, walk)
  if (isStream(value)) return walk.stream(value)
  if (isIterable(value)) return fillList(note([]), value, { path, walk })
  if (!isPlain(value)) return walk.other(value, path)
  return fillObject(note({}), value, { path, walk })
}

type Place = { path: string; walk: Walk }

function fillList(copy: unknown[], items: Iterable<unknown>, { path, walk }: Place): unknown[] {
  for (const item of items) copy.push(copyOf(item, `${path}[${copy.length}]`, walk))
  return copy
}

function fillMap(copy: Map<unknown, unknown>, from: Map<unknown, unknown>, place: Place): object {
  const entries = fillList([], from.entries(), place) as [unknown, unknown][]
  for (const [key, value] of entries) copy.set(key, value)
  return copy
}

function fillSet(copy: Set<unknown>, from: Set<unknown>, place: Place): object {
  for (const item of fillList([], from, place)) copy.add(item)
  return copy
}

function fillObject(copy: object, from: object, { path, walk }: Place): object {
  for (const [key, item] of Object.entries(from)) {
    const value = copyOf(item, `${path}.${key}`, walk)
    // An assignment to `__proto__` would set the prototype instead.
    Object.defineProperty(copy, key, { value, enumerable: true, writable: true })
  }
  return copy
}

function noteThenable(value: PromiseLike<unknown>, path: string, walk: Walk): unknown {
  const copy = walk.thenable(value, () => settled(value, path, walk))
  walk.copies.set(value, copy)
  return copy
}

function settled(value: PromiseLike<unknown>, path: string, walk: Walk): Promise<unknown> {
  const read = (held: unknown): unknown => copyOf(held, `(await ${path})`, walk)
  const copy = Promise.resolve(value).then(read, walk.failure)
  // Whoever waits for it gets the error; nobody does where another argument is refused.
  copy.catch(() => undefined)
  return copy
}

function isSentAsIs(value: object): boolean {
  if (ArrayBuffer.isView(value)) return !Buffer.isBuffer(value)
  return [Date, ArrayBuffer, Blob, FormData].some((type) => value instanceof type)
}

const elementTypes = new Set<unknown>([
  Symbol.for('react.transitional.element'),
  Symbol.for('react.lazy'),
])

function isElement(value: object): boolean {
  return elementTypes.has(Reflect.get(value, '$$typeof'))
}

function isThenable(value: object): value is PromiseLike<unknown> {
  return typeof Reflect.get(value, 'then') === 'function'
}

function isStream(value: object): boolean {
  return (
    value instanceof ReadableStream ||
    typeof Reflect.get(value, Symbol.asyncIterator) === 'function' ||
    (isIterable(value) && typeof Reflect.get(value, 'next') === 'function')
  )
}

function isIterable(value: object): value is Iterable<unknown> {
  return typeof Reflect.get(value, Symbol.iterator) === 'function'
}

/** As React sees it: `match.groups` and what `querystring.parse()` gives have no prototype to speak of. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  if (typeof Reflect.get(value, 'toJSON') === 'function') return false
  return prototype === null || Object.getPrototypeOf(prototype) === null
}
