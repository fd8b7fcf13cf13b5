import type { RequestContext } from '../context/request-context.ts'
import { cacheSetup } from './installed.ts'
import { forgetReadings } from './reader.ts'

/**
 * Tells the store what a request has invalidated so far. When it settles, whoever reads on whichever
 * instance gets nothing older: an answer waits for it, and so does a cached read of the request.
 */
export async function tellInvalidations(context: RequestContext): Promise<void> {
  const { untold } = context.invalidation
  if (untold.length === 0) return
  await cacheSetup().store.invalidate(untold.splice(0))
  forgetReadings(context)
}
