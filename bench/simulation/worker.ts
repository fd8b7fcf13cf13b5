import type { Timeline } from './timeline.ts'

/** Does one piece of work after the other, in the order they come: one core. */
export type Worker = {
  work: (duration: number, done: () => void) => void
  /** In microseconds: how long it has worked, and will with what it was given. */
  busy: () => number
}

export function createWorker({ now, after }: Timeline): Worker {
  let freeAt = 0
  let busy = 0
  return {
    work(duration, done) {
      freeAt = Math.max(freeAt, now()) + duration
      busy += duration
      after(freeAt - now(), done)
    },
    busy: () => busy,
  }
}
