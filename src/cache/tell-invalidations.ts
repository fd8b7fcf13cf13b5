import type { Invalidation } from '../context/invalidation.ts'
import type { RequestContext } from '../context/request-context.ts'
import { cacheSetup } from './installed.ts'
import { forgetReadings } from './reader.ts'

const telling = new WeakMap<Invalidation, Promise<void>>()

/**
 * Tells the store what a request has invalidated so far. When it settles, whoever reads on whichever
 * instance gets nothing older: an answer waits for it, and so does a cached read of the request.
 * `null` when there is nothing to wait for.
 */
export function tellInvalidations({ invalidation }: RequestContext): Promise<void> | null {
  const before = telling.get(invalidation)
  if (invalidation.untold.length === 0) return before ?? null
  const told = tell(invalidation, before)
  telling.set(invalidation, told)
  return told
}

async function tell(invalidation: Invalidation, before: Promise<void> | undefined): Promise<void> {
  const tags = invalidation.untold.splice(0)
  await Promise.all([before, cacheSetup().store.invalidate(tags)])
  forgetReadings(invalidation)
}
