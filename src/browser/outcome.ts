import type { FollowedRedirect } from '../view/boundary.tsx'
import { type ControlFlow, ControlFlowError } from '../wire/control-flow.ts'
import type { CallFailure, Outcome } from '../wire/outcome.ts'

/** What a call ends in for its caller: a value, or a throw of what the server function threw. */
export function unwrapOutcome(outcome: Outcome): unknown {
  switch (outcome.kind) {
    case 'value':
      return outcome.value
    case 'redirect':
      throw followedRedirect(outcome.to)
    case 'error':
      throw errorOf(outcome.error)
    default:
      throw new ControlFlowError(outcome)
  }
}

/** Code after the call must not go on, and boundaries must not follow the redirect once more. */
export function followedRedirect(to: string): ControlFlowError & FollowedRedirect {
  // Where it has been followed, nobody asks for the rest.
  const flow = { kind: 'redirect', to } as ControlFlow
  return Object.assign(new ControlFlowError(flow), { followed: true })
}

function errorOf(failure: CallFailure): Error {
  const error = new Error(`Failed; the server's log has ${failure.digest}.`)
  // In development also the name, the message and the stack.
  return Object.assign(error, failure)
}
