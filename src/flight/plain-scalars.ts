/**
 * The values that JSON cannot hold, as Flight writes them: as a string that begins with `$`. A
 * string of the app that begins so gets one more `$`.
 */

/** A constant instead of an error: it is thrown for every value that needs Flight itself. */
export const notPlain: unique symbol = Symbol('not plain')

/** @throws notPlain for a symbol and whatever a later JavaScript may know; never for an object */
export function scalarToJson(value: unknown): unknown {
  switch (typeof value) {
    case 'string':
      return value.startsWith('$') ? `$${value}` : value
    case 'boolean':
      return value
    case 'undefined':
      return '$undefined'
    case 'bigint':
      return `$n${value}`
    case 'number':
      return numberToJson(value)
    default:
      throw notPlain
  }
}

function numberToJson(value: number): unknown {
  if (Number.isFinite(value)) return Object.is(value, -0) ? '$-0' : value
  return `$${value}`
}

export function dateToJson(date: Date): string {
  return Number.isNaN(date.getTime()) ? '$DNaN' : `$D${date.toISOString()}`
}

/** The counterpart of the two above. `text` is a string of JSON that one of them made. */
export function scalarFromText(text: string): unknown {
  if (!text.startsWith('$')) return text
  switch (text[1]) {
    case 'u':
      return undefined
    case 'n':
      return BigInt(text.slice(2))
    case 'D':
      return new Date(text.slice(2))
    case '$':
      return text.slice(1)
    default:
      return Number(text.slice(1))
  }
}
