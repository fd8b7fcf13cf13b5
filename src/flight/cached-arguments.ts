import { sendable } from './sendable.ts'

/** The arguments of a cached function, as React can send them. @throws TypeError for others */
export function argumentsOf(args: unknown[], name: string): unknown[] {
  return sendable(args, {
    opaque: itself,
    stream: itself,
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

/** What of captured variables tells results apart: the others are left out. */
export function plainParts(captured: unknown[]): unknown[] {
  return sendable(captured, { opaque: nothing, stream: nothing, failure: nothing, other: nothing })
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
