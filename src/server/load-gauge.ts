import { performance } from 'node:perf_hooks'
import { Refusal } from './refusal.ts'

/** Knows how much the process has to do, and sends away what it could only answer late. */
export interface LoadGauge {
  /** Asked before the body of a call is read. @throws Refusal `overloaded` */
  check(): void
  /**
   * Counts a server function as running until the function that it returns is called. Who only
   * sends slowly is not counted.
   * @throws Refusal `overloaded`
   */
  enter(): () => void
  /** Would a call be let in? */
  hasRoom(): boolean
}

/** `maxDelay` is in milliseconds. */
export function createLoadGauge(limits: { maxCalls: number; maxDelay: number }): LoadGauge {
  const delay = createDelayMeter()
  const tell = createTeller()
  let running = 0
  const leave = (): void => {
    running--
  }
  const fullness = (): string | null =>
    running < limits.maxCalls ? null : `${running} calls are running (maxCalls)`
  const lateness = (): string | null => {
    const late = delay()
    return late <= limits.maxDelay ? null : `The process is ${Math.round(late)} ms late (maxDelay)`
  }
  return {
    check() {
      const reason = fullness() ?? lateness()
      if (reason) throw tell(reason)
    },
    enter() {
      const reason = fullness()
      if (reason) throw tell(reason)
      running++
      return leave
    },
    hasRoom: () => (fullness() ?? lateness()) === null,
  }
}

/** In milliseconds: how often the turns of the event loop are looked at when nobody calls. */
const lookInterval = 50

/**
 * Gives the milliseconds that a request of this moment may have waited for its turn. All that has
 * become ready during one turn of the event loop is handled in the next, one after the other. So a
 * request has waited at most since the turn before began, unless the process was idle in between.
 */
function createDelayMeter(): () => number {
  let began = performance.now()
  let before = began
  let idleThen = 0
  let isSameTurn = false
  const look = (): void => {
    if (isSameTurn) return
    isSameTurn = true
    const now = performance.now()
    const idle = performance.nodeTiming.idleTime
    before = idle > idleThen ? now : began
    idleThen = idle
    began = now
    setImmediate(() => (isSameTurn = false))
  }
  // Turns in which nobody calls count as well: a process may be busy with pages alone.
  setInterval(look, lookInterval).unref()
  return () => {
    look()
    return performance.now() - before
  }
}

/** In milliseconds. A log that is written for each refusal would be one more burden. */
const interval = 1_000

/** Makes refusals of which one a second is logged, with the number of those before it. */
function createTeller(): (reason: string) => Refusal {
  let toldAt = -Infinity
  let untold = 0
  return (reason) => {
    const isQuiet = performance.now() - toldAt < interval
    const refusal = new Refusal('overloaded', untold > 0 ? `${reason}; ${untold} more` : reason, {
      headers: [['retry-after', '1']],
      isQuiet,
    })
    untold = isQuiet ? untold + 1 : 0
    if (!isQuiet) toldAt = performance.now()
    return refusal
  }
}
