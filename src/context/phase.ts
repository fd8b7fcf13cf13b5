import type { Phase, RequestContext } from './request-context.ts'

/** @throws unless what runs now is in one of the phases where `api` may be called */
export function assertPhase(context: RequestContext, api: string, allowed: readonly Phase[]): void {
  if (allowed.includes(context.phase)) return
  throw new Error(
    `${api} was called ${placeNames[context.phase]} (${context.where}). ` +
      `Call it ${allowed
        .filter(isPlace)
        .map((phase) => placeNames[phase])
        .join(' or ')}.`,
  )
}

const placeNames: Record<Phase, string> = {
  function: 'in a server function',
  late: 'after its time was over',
  handler: 'in a route handler',
  middleware: 'in middleware',
  render: 'while rendering',
  after: 'after the answer was sent',
  cached: 'in cached work',
}

/** Nobody is told to be late. */
function isPlace(phase: Phase): boolean {
  return phase !== 'late'
}
