import { referenceOf } from './function-table.ts'
import { sendable } from './sendable.ts'

/** The arguments of a cached function, as React can send them. @throws TypeError for others */
export function argumentsOf(args: unknown[], name: string): unknown[] {
  return sendable(args, {
    opaque: itself,
    stream: itself,
    thenable: (_value, settled) => settled(),
    failure(error) {
      throw error
    },
    other(value, path) {
      const { text, instead } = describe(value)
      throw new TypeError(
        `${name} is cached by its arguments, but ${path} is ${text}, which cannot be a part of the ` +
          `key. ${instead}.`,
      )
    },
  })
}

/**
 * What of captured variables tells results apart: instances, elements and streams are left out. A
 * function counts as its text, and a server function as what is bound to it: one visitor's would
 * stand in the results of all. `name` is the cached function's.
 * @throws TypeError for a query that runs when it is awaited
 */
export function plainParts(captured: unknown[], name: string): unknown[] {
  return sendable(captured, {
    opaque: (value) => (typeof value === 'function' ? partsOfFunction(value, name) : undefined),
    stream: nothing,
    thenable(value, settled) {
      // Making the key would run it, with its effects, at each call.
      if (!(value instanceof Promise)) throw lazyCapture(describe(value).text, name)
      return settled()
    },
    failure: nothing,
    other: nothing,
  })
}

function partsOfFunction(fn: object, name: string): unknown {
  const reference = referenceOf(fn)
  if (reference) return [reference.id, plainParts(reference.bound, name)]
  // That of a client component throws when it is asked for its own.
  return Function.prototype.toString.call(fn)
}

function lazyCapture(text: string, name: string): TypeError {
  return new TypeError(
    `${name} captures ${text} that runs when it is awaited, as a query does, so it cannot be a ` +
      'part of the key. Make it inside the function, and capture the values that it is made of.',
  )
}

function itself(value: unknown): unknown {
  return value
}

function nothing(): undefined {
  return undefined
}

function describe(value: unknown): { text: string; instead: string } {
  if (typeof value === 'symbol') return { text: String(value), instead: 'Pass a string' }
  const { constructor } = value as { constructor?: { name?: string } }
  const instead = value instanceof URL ? 'Pass url.href' : 'Pass plain values that it holds'
  return { text: `an instance of ${constructor?.name || 'a class without a name'}`, instead }
}
