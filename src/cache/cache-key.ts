import { hash } from 'node:crypto'

/** A cached function as its results are told apart: `id` changes with its source. */
export type Source = { id: string; name: string }

const identities = new WeakMap<object, string>()

/**
 * What compiled code makes of `cached(fn)`: `at(cached, "app/data.ts#…")(fn)`. Two functions of the
 * same text, in different files, would share their results otherwise.
 */
export function at<make extends (...args: never[]) => unknown>(make: make, id: string): make {
  const placed = (...args: never[]): unknown => {
    const [fn] = args as unknown[]
    if (typeof fn === 'function') identities.set(fn, id)
    return make(...args)
  }
  // It takes and gives what `make` does.
  return placed as make
}

/** `id` is what the compiler gave; code that it has not seen is told apart by its text alone. */
export function sourceOf(fn: (...args: never[]) => unknown): Source {
  const id = identities.get(fn) ?? `${fn.name}:${digest(String(fn))}`
  return { id, name: id.slice(0, id.lastIndexOf(':')) || 'a cached function' }
}

/** The key of one call of the function, or of anything else with an `id` of its own. */
export function cacheKey(id: string, call: string): string {
  return digest(`${id}\n${call}`)
}

function digest(text: string): string {
  return hash('sha256', text, 'base64url')
}
