import { setTimeout } from 'node:timers/promises'
import { createClock } from './clock.ts'
import { createConnection } from './connection.ts'
import { asFastAsPossible, atRate, type Run } from './pace.ts'
import { createEncoder, type Request } from './request.ts'
import { runRound } from './round.ts'

export type Load = {
  port: number
  /** One round: each request follows the answer of the one before. */
  steps: readonly Request[]
  seconds: number
  connections?: number
  /** Rounds a second of all connections. Without it each connection sends as soon as it may. */
  rate?: number
  /** The least that the bodies of a round must have: what goes wrong is answered in fewer bytes. */
  leastBytes?: number
}

/**
 * What one pass has seen; times in milliseconds, the mean of the bytes of a round with its heads. At a
 * rate, times are those of a clock that stops while the load itself stands still.
 */
export type Sample = {
  requests: number
  /** Rounds that the server refused since it was too busy. They count for nothing else. */
  refused: number
  perSecond: number
  p50: number
  p99: number
  bytes: number
}

/** Rejects when an answer is neither what it should be nor a 503. */
export async function generateLoad(load: Load): Promise<Sample> {
  const { port, seconds, rate, leastBytes = 0 } = load
  const encoders = load.steps.map((step) => createEncoder(step, `localhost:${port}`))
  const failed = Promise.withResolvers<never>()
  const connections = Array.from({ length: load.connections ?? 10 }, () =>
    createConnection(port, failed.reject),
  )
  // Without a rate nothing but answers looks at it, and they may be far apart.
  const clock = rate === undefined ? () => performance.now() : createClock()
  const start = clock()
  const end = start + seconds * 1000
  const latencies: number[] = []
  let refused = 0
  let bytes = 0
  const run: Run = (connection, due, done) =>
    runRound(connection, encoders, (round) => {
      const now = clock()
      const problem = problemOf(round, leastBytes)
      if (problem) return failed.reject(new Error(problem))
      // What ends later would make the pass longer than it is.
      if (now <= end && round.status === 503) refused++
      else if (now <= end) {
        latencies.push(now - due)
        bytes += round.bytes
      }
      done()
    })
  if (rate === undefined) asFastAsPossible(connections, { end, clock }, run)
  else atRate(connections, { start, end, rate, clock }, run)
  await Promise.race([failed.promise, setTimeout(seconds * 1000)])
  for (const connection of connections) connection.close()
  const requests = latencies.length
  const perSecond = requests / seconds
  return { requests, refused, perSecond, ...quantiles(latencies), bytes: bytes / requests }
}

function problemOf(
  round: { status: number; bodyBytes: number },
  leastBytes: number,
): string | undefined {
  if (round.status !== 200 && round.status !== 503) return `An answer has status ${round.status}`
  if (round.status === 200 && round.bodyBytes < leastBytes) {
    return `An answer has ${round.bodyBytes} bytes instead of ${leastBytes} at least`
  }
  return undefined
}

function quantiles(latencies: readonly number[]): Pick<Sample, 'p50' | 'p99'> {
  const sorted = Float64Array.from(latencies).toSorted()
  const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? Number.NaN
  return { p50: at(0.5), p99: at(0.99) }
}
