/**
 * When the rendering of an answer started: a counter that one server process increments for each
 * rendering. Counters of different instances say nothing about each other.
 */
export type Stamp = { instance: string; counter: number }

/**
 * Which of two answers of the same region is newer; `null` when they come from different
 * instances, where only the times of the requests can tell.
 */
export function isNewer(stamp: Stamp, than: Stamp): boolean | null {
  return stamp.instance === than.instance ? stamp.counter > than.counter : null
}
