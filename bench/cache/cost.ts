import { measure, type Load } from '../measure.ts'
import type { Target } from '../servers.ts'

/** Requests in a second, ten at once, and what one needs of the server's processor, in microseconds. */
export type Cost = { perSecond: number; processor: number }

export function costOf(target: Target, load: Load): Cost & { requests: number } {
  const before = target.processorTime()
  const { perSecond, requests } = measure(load)
  const time = target.processorTime() - before
  // On other systems: what is left of a second that the server was busy.
  return { perSecond, requests, processor: (time || 1e6 * load.seconds) / requests }
}
