import type { Callable } from './run-module.ts'

export type FakeCache = {
  /** The module `cache-runtime` of compiled modules. */
  runtime: Record<string, unknown>
  /** The labels by id. */
  labels: Map<string, string>
  /** The ids of functions that ran, with their arguments as they came: what was found is left out. */
  runs: { id: string; args: unknown[] }[]
}

/** The runtime of cached functions: a value by id and arguments, for as long as the test runs. */
export function createFakeCache(): FakeCache {
  const labels = new Map<string, string>()
  const runs: FakeCache['runs'] = []
  const values = new Map<string, unknown>()
  const keyOf = createFunctionKeys()
  const cache = (value: unknown, id: string, label: string): Callable => {
    if (typeof value !== 'function') throw new TypeError(`${label} is ${typeof value}`)
    labels.set(id, label)
    return async (...args) => {
      const key = JSON.stringify([id, args], (_name, part: unknown) => keyOf(part))
      if (!values.has(key)) {
        runs.push({ id, args })
        values.set(key, (value as Callable)(...args.map(copyOf)))
      }
      return values.get(key)
    }
  }
  const at =
    (_cached: unknown, id: string): Callable =>
    (fn, options) => ({ id, fn, options })
  return { runtime: { cache, at }, labels, runs }
}

/** What a function is in a key: a reference is its id and what is bound, any other is itself. */
function createFunctionKeys(): (part: unknown) => unknown {
  const numbers = new Map<unknown, number>()
  return (part) => {
    if (typeof part !== 'function') return part
    if ('$$id' in part && '$$bound' in part) return [part.$$id, part.$$bound]
    const number = numbers.get(part) ?? numbers.size
    numbers.set(part, number)
    return `function ${number}`
  }
}

function copyOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyOf)
  return typeof value === 'function' ? value : structuredClone(value)
}
