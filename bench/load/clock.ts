/** In milliseconds: the load never works for so long without looking at its clock. */
const longest = 0.25

/** Gives milliseconds; each look tells the clock that the load is running. */
export type Clock = () => number

/**
 * A clock that stops while the load itself stands still, as when its core was taken from it or it
 * collected garbage. By another one, all that was due meanwhile would come at once, and be late.
 */
export function createClock(read: Clock = () => performance.now()): Clock {
  let last = read()
  let stoodStill = 0
  return () => {
    const time = read()
    if (time - last > longest) stoodStill += time - last
    last = time
    return time - stoodStill
  }
}
