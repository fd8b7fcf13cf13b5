import type { Clock } from './clock.ts'
import type { Connection } from './connection.ts'

/** Runs a round on a connection, which was due at a time, and says when it is over. */
export type Run = (connection: Connection, due: number, done: () => void) => void

type Period = { start: number; end: number; clock: Clock }

/** Every connection sends as soon as it may: the most that the server can do. */
export function asFastAsPossible(
  connections: readonly Connection[],
  { end, clock }: Omit<Period, 'start'>,
  run: Run,
): void {
  const repeat = (connection: Connection): void => {
    const now = clock()
    if (now < end) run(connection, now, () => repeat(connection))
  }
  connections.forEach(repeat)
}

/**
 * So many rounds a second, whether the server keeps up or not: a round that finds no connection free
 * waits, and its latency counts from when it was due. A timer is a millisecond late, which is many
 * requests, so this looks at the clock all the time.
 */
export function atRate(
  connections: readonly Connection[],
  { start, end, rate, clock }: Period & { rate: number },
  run: Run,
): void {
  const free = [...connections]
  let sent = 0
  const look = (): void => {
    while (start + (sent * 1000) / rate <= clock()) {
      const connection = free.shift()
      if (!connection) break
      run(connection, start + (sent++ * 1000) / rate, () => free.push(connection))
    }
    if (clock() < end) setImmediate(look)
  }
  look()
}
