import type { Connection } from './connection.ts'
import type { Standstill } from './standstill.ts'

/** Runs a round on a connection, which was due at a time, and says when it is over. */
export type Run = (connection: Connection, due: number, done: () => void) => void

type Period = { start: number; end: number }

/** Every connection sends as soon as it may: the most that the server can do. */
export function asFastAsPossible(connections: readonly Connection[], { end }: Period, run: Run) {
  const repeat = (connection: Connection): void => {
    const now = performance.now()
    if (now < end) run(connection, now, () => repeat(connection))
  }
  connections.forEach(repeat)
}

/**
 * So many rounds a second, whether the server keeps up or not: a round that finds no connection free
 * waits, and its latency counts from when it was due. A timer is a millisecond late, which is many
 * requests, so this looks at the clock all the time. While the load stands still nothing is due.
 */
export function atRate(
  connections: readonly Connection[],
  { start, end, rate, standstill }: Period & { rate: number; standstill: Standstill },
  run: Run,
): void {
  const free = [...connections]
  let sent = 0
  const nextDue = (): number => start + standstill.total() + (sent * 1000) / rate
  const look = (): void => {
    const now = performance.now()
    standstill.look(now)
    while (nextDue() <= now) {
      const connection = free.shift()
      if (!connection) break
      run(connection, nextDue(), () => free.push(connection))
      sent++
    }
    if (now < end) setImmediate(look)
  }
  look()
}
