import { moduleRunnerTransform } from 'vite'
import { trimArguments } from '../../src/wire/reference.ts'

export type Callable = (...args: unknown[]) => unknown
export type Exports = Record<string, Callable>

/** A server function as it stands in a page: what is bound to it travels with its id. */
export type Reference = Callable & { $$id: string; $$bound: unknown[] | null }

export type FakeServer = {
  runtime: Record<string, unknown>
  registered: Map<string, Callable>
  /** What was sealed, in order: the values as they were then. */
  sealed: unknown[][]
  /** Calls a reference the way a browser does: by its id, with the arguments it declares. */
  call: (reference: unknown, ...args: unknown[]) => unknown
}

/** The runtime of compiled modules, without encryption and without React. */
export function createFakeServer(): FakeServer {
  const registered = new Map<string, Callable>()
  const sealed: unknown[][] = []
  return {
    registered,
    sealed,
    runtime: {
      register(value: unknown, id: string, name: string) {
        if (typeof value !== 'function') throw new TypeError(`${name} is ${typeof value}`)
        const fn = value as Callable
        if ('$$id' in fn) return fn
        registered.set(id, fn)
        return asReference(fn, id, null)
      },
      seal(values: unknown[], id: string) {
        sealed.push(values.map(copy))
        return `${sealed.length - 1} for ${id}`
      },
      open(text: unknown, id: string) {
        const [index, target] = String(text).split(' for ')
        if (target !== id) throw new Error(`sealed for ${target}, not for ${id}`)
        return Promise.resolve(sealed[Number(index)]!.map(copy))
      },
    },
    call(reference, ...args) {
      const { $$id: id, $$bound: bound } = reference as Reference
      const fn = registered.get(id)
      if (!fn) throw new Error(`${id} is not registered`)
      return fn(...trimArguments(id, [...(bound ?? []), ...args]))
    },
  }
}

function asReference(fn: Callable, id: string, bound: unknown[] | null): Reference {
  return Object.defineProperties(fn, {
    $$id: { value: id },
    $$bound: { value: bound },
    bind: {
      value: (_self: unknown, ...args: unknown[]) =>
        asReference((...rest) => fn(...args, ...rest), id, [...(bound ?? []), ...args]),
    },
  }) as Reference
}

function copy(value: unknown): unknown {
  return typeof value === 'function' ? value : structuredClone(value)
}

/** Evaluates an ES module; its imports are looked up in `modules`. */
export async function runModule(
  code: string,
  modules: Record<string, Record<string, unknown>>,
): Promise<Exports> {
  const transformed = await moduleRunnerTransform(code, null, 'module.js', code)
  const exports = {}
  const AsyncFunction = (async () => undefined).constructor as new (...text: string[]) => Callable
  const run = new AsyncFunction(
    '__vite_ssr_exportName__',
    '__vite_ssr_import__',
    `'use strict';${transformed!.code}`,
  )
  await run(
    (name: string, get: () => unknown) =>
      Object.defineProperty(exports, name, { enumerable: true, configurable: true, get }),
    (name: string) => modules[name] ?? missing(name),
  )
  return exports
}

function missing(name: string): never {
  throw new Error(`The test gives no module ${name}`)
}
