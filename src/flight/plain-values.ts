import { dateToJson, notPlain, scalarFromText, scalarToJson } from './plain-scalars.ts'

/**
 * A synchronous codec for the values that functions capture most: JSON, `undefined`, the numbers
 * that JSON lacks, bigint, Date, Map, Set and references. What it cannot carry goes through Flight,
 * which takes a promise, and a promise makes React's HTML renderer suspend once per form.
 *
 * In JSON a string that begins with `$` is a tagged value or an escaped string (`$$…`), and an
 * object with one key that begins with a single `$` is a tagged container.
 */

/** How a reference is told from a function, and made again. The caller knows; this file does not. */
export interface ReferenceCodec {
  encode(value: (...args: never) => unknown): { id: string; bound: unknown[] } | null
  decode(reference: { id: string; bound: unknown[] }): unknown
}

/** The values as text, or `null` if one of them needs Flight. */
export function encodePlain(values: unknown[], references: ReferenceCodec): string | null {
  const walk: Walk = { references, seen: new Set(), depth: 0 }
  try {
    return JSON.stringify(values.map((value) => toJson(value, walk)))
  } catch (error) {
    if (error === notPlain) return null
    throw error
  }
}

/** The counterpart of `encodePlain`. `text` comes out of a seal, so only we can have written it. */
export function decodePlain(text: string, references: ReferenceCodec): unknown[] {
  const values: unknown = JSON.parse(text)
  return Array.isArray(values) ? values.map((value) => fromJson(value, references)) : []
}

type Walk = { references: ReferenceCodec; seen: Set<object>; depth: number }

/** Deeper values may be cyclic; Flight can tell. */
const maxDepth = 32

function toJson(value: unknown, walk: Walk): unknown {
  if (typeof value === 'function')
    return referenceToJson(value as (...args: never) => unknown, walk)
  if (typeof value !== 'object') return scalarToJson(value)
  return value === null ? null : objectToJson(value, { ...walk, depth: walk.depth + 1 })
}

function referenceToJson(value: (...args: never) => unknown, walk: Walk): unknown {
  const reference = walk.references.encode(value)
  if (!reference) throw notPlain
  return { $f: [reference.id, reference.bound.map((bound) => toJson(bound, walk))] }
}

function objectToJson(value: object, walk: Walk): unknown {
  // Flight keeps what is shared, and knows a cycle; copied at each place, it could grow without end.
  if (walk.depth > maxDepth || walk.seen.has(value)) throw notPlain
  walk.seen.add(value)
  const json = (item: unknown): unknown => toJson(item, walk)
  if (Array.isArray(value)) return value.map(json)
  if (value instanceof Date) return dateToJson(value)
  if (value instanceof Map) return { $M: [...value].map((entry) => entry.map(json)) }
  if (value instanceof Set) return { $S: [...value].map(json) }
  if (Object.getPrototypeOf(value) !== Object.prototype) throw notPlain
  if ('$$typeof' in value || Object.getOwnPropertySymbols(value).length > 0) throw notPlain
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key.startsWith('$') ? `$${key}` : key, json(item)]),
  )
}

function fromJson(json: unknown, references: ReferenceCodec): unknown {
  if (typeof json === 'string') return scalarFromText(json)
  if (typeof json !== 'object' || json === null) return json
  const value = (item: unknown): unknown => fromJson(item, references)
  if (Array.isArray(json)) return json.map(value)
  const entries = Object.entries(json)
  const [tag, content] = entries[0] ?? ['', null]
  if (entries.length === 1 && /^\$[^$]/.test(tag) && Array.isArray(content)) {
    return containerFromJson(tag, content, references)
  }
  return Object.fromEntries(
    entries.map(([key, item]) => [key.startsWith('$') ? key.slice(1) : key, value(item)]),
  )
}

function containerFromJson(tag: string, content: unknown[], references: ReferenceCodec): unknown {
  const values = (items: unknown): unknown[] =>
    Array.isArray(items) ? items.map((item) => fromJson(item, references)) : []
  if (tag === '$M') return new Map(content.map((entry) => values(entry) as [unknown, unknown]))
  if (tag === '$S') return new Set(values(content))
  return references.decode({ id: String(content[0]), bound: values(content[1]) })
}
