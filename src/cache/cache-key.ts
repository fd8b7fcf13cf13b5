import { hash } from 'node:crypto'

/** A cached function as its results are told apart: `id` changes with its source. */
export type Source = {
  id: string
  name: string
  /** The values that the variables around it have now; the function uses them like arguments. */
  captured: () => unknown[]
}

type Place = { id: string; captured: () => unknown[] }

const places = new WeakMap<object, Place>()

/**
 * What compiled code makes of `cached(fn)`: `at(cached, "app/data.ts#…")(fn)`. Two functions of the
 * same text, in different files, would share their results otherwise. `captured` gives what `fn` uses
 * of the functions around it: a function of one visitor's page would answer all others too.
 */
export function at<make extends (...args: never[]) => unknown>(
  make: make,
  id: string,
  captured: () => unknown[] = nothing,
): make {
  const placed = (...args: never[]): unknown => {
    const [fn] = args as unknown[]
    if (typeof fn === 'function') places.set(fn, { id, captured })
    return make(...args)
  }
  // It takes and gives what `make` does.
  return placed as make
}

function nothing(): unknown[] {
  return []
}

/**
 * Code that the compiler has not seen is told apart by its text alone. It counts in a place too: what
 * a wrapper of `cached()` is given has the place of the one call there.
 */
export function sourceOf(fn: (...args: never[]) => unknown): Source {
  const { id, captured } = places.get(fn) ?? { id: `${fn.name}:`, captured: nothing }
  const name = id.slice(0, id.lastIndexOf(':')) || 'a cached function'
  return { id: id + digest(`${fn.name}\n${String(fn)}`), name, captured }
}

/** The key of one call of the function, or of anything else with an `id` of its own. */
export function cacheKey(id: string, call: string): string {
  return digest(`${id}\n${call}`)
}

function digest(text: string): string {
  return hash('sha256', text, 'base64url')
}
