import { dateToJson, notPlain, scalarToJson } from './plain-scalars.ts'

/**
 * A value without elements, promises, functions and the like as the JSON that Flight makes of it, in
 * both directions; `null` where only React's encoders know its rows.
 */
export function plainJson(value: unknown): string | null {
  try {
    return JSON.stringify(toJson(value, new Set(), 0))
  } catch {
    // It is not plain, or a getter of it throws: React reports what it cannot carry.
    return null
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
  if (value instanceof Date) return validDateToJson(value)
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

/** React writes `null` for a date that is none. */
function validDateToJson(date: Date): string {
  if (Number.isNaN(date.getTime())) throw notPlain
  return dateToJson(date)
}
