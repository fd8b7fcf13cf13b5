import { dateToJson, notPlain, scalarToJson } from './plain-scalars.ts'

/**
 * A model without elements, promises and the like as the one Flight row that it makes, or `null`
 * where only React's renderer knows its rows:
 *
 *     { outcome: { kind: 'value', value: undefined } }
 *     0:{"outcome":{"kind":"value","value":"$undefined"}}
 *
 * React's renderer costs several times as much as the rest of a call that returns a number.
 */
export function plainRow(model: object): string | null {
  try {
    return `0:${JSON.stringify(toJson(model, new Set(), 0))}\n`
  } catch (error) {
    if (error === notPlain) return null
    throw error
  }
}

/** Deeper values may be cyclic. */
const maxDepth = 32

/** Loops and assignments: this runs for every value of every answer. */
function toJson(value: unknown, seen: Set<object>, depth: number): unknown {
  if (typeof value !== 'object') return scalarToJson(value)
  if (value === null) return null
  // Flight keeps one object one, wherever it stands.
  if (depth > maxDepth || seen.has(value)) throw notPlain
  seen.add(value)
  if (value instanceof Date) return dateToJson(value)
  if (Array.isArray(value)) {
    const items: unknown[] = []
    for (const item of value) items.push(toJson(item, seen, depth + 1))
    return items
  }
  if (Object.getPrototypeOf(value) !== Object.prototype) throw notPlain
  if (Object.getOwnPropertySymbols(value).length > 0) throw notPlain
  const json: Record<string, unknown> = {}
  for (const key of Object.keys(value)) {
    if (key === '__proto__') throw notPlain
    json[key] = toJson(Reflect.get(value, key), seen, depth + 1)
  }
  return json
}
