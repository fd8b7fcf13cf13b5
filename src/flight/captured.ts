import { sendable } from './sendable.ts'

/** How a variable is read, and the names of those that it may have been made of. */
export type Reading = readonly [read: () => unknown, ...madeOf: string[]]

/**
 * What compiled code makes of the variables that a cached function captures, where they were made
 * of others: `captured([[() => load, "user"]], [["user", () => user]])` for
 *
 *     const load = trace(async () => user.id)
 *     return cached(async () => load())
 *
 * A value that counts as all that it is, such as `5`, hides nothing of what it was made of. Of a
 * function or an instance too little is known: it counts as what it was made of too.
 * @throws TypeError where that cannot be read
 */
export function captured(
  used: readonly Reading[],
  variables: readonly (readonly [name: string, ...reading: Reading])[] = [],
): () => unknown[] {
  const readings = new Map(variables.map(([name, ...reading]) => [name, reading as Reading]))
  return () => {
    const seen = new Set<string>()
    const values: unknown[] = []
    const next = [...used]
    // It grows while it is read.
    for (const [read, ...madeOf] of next) {
      const value = read()
      values.push(value)
      if (madeOf.length === 0 || isCountedWhole(value)) continue
      for (const name of madeOf) {
        if (seen.has(name)) continue
        seen.add(name)
        next.push(readings.get(name) ?? unreadable(name))
      }
    }
    return values
  }
}

/** Whether nothing of a captured value is left out, nor known by its text alone. */
function isCountedWhole(value: unknown): boolean {
  let isWhole = true
  const leaveOut = (): void => {
    isWhole = false
  }
  sendable([value], {
    opaque: leaveOut,
    stream: leaveOut,
    // What it holds is not known yet.
    thenable: leaveOut,
    failure: leaveOut,
    other: leaveOut,
  })
  return isWhole
}

function unreadable(name: string): never {
  throw new TypeError(
    `A cached function captures a function or an instance that may have been made of ${name}, ` +
      `which is out of reach where cached() is called, so it is no part of the key. Pass ${name} ` +
      'as an argument, or call cached() where it can be read.',
  )
}
