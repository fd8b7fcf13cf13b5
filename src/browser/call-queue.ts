/** Waits for a place; the promise gives what frees it again, to be called once. */
export type CallQueue = () => Promise<() => void>

/** Lets at most `places` calls be in flight; the others wait in the order they came. */
export function createCallQueue(places: number): CallQueue {
  const waiting: (() => void)[] = []
  let free = places

  const leave = (): void => {
    const next = waiting.shift()
    if (next) next()
    else free++
  }

  return async () => {
    if (free) free--
    else await new Promise<void>((enter) => waiting.push(enter))
    return leave
  }
}
