/** In milliseconds: the load never works for so long without looking at the clock. */
const longest = 0.25

/**
 * When the load itself stood still, as when its core was taken from it or it collected garbage. What
 * was under way then seems to have taken longer than it did, and what was due would all come at once.
 */
export type Standstill = {
  /** To be called all the time. */
  look: (now: number) => void
  /** For how many milliseconds until now. */
  total: () => number
  /** Whether it did so after a time. */
  since: (time: number) => boolean
}

export function watchStandstill(start: number): Standstill {
  let last = start
  let end = Number.NEGATIVE_INFINITY
  let total = 0
  return {
    look(now) {
      if (now - last > longest) {
        end = now
        total += now - last
      }
      last = now
    },
    total: () => total,
    since: (time) => end > time,
  }
}
