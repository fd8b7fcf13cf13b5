import type { FollowedRedirect } from '../view/boundary.tsx'
import { ControlFlowError } from '../wire/control-flow.ts'
import type { CallFailure, Outcome } from '../wire/outcome.ts'

/** What a call ends in for its caller: a value, or a throw of what the server function threw. */
export function unwrapOutcome(outcome: Outcome | undefined): unknown {
  if (!outcome) throw new Error('The answer of the call has no outcome: something changed it.')
  switch (outcome.kind) {
    case 'value':
      return outcome.value
    case 'redirect':
      throw followedRedirect(outcome)
    case 'error':
      throw errorOf(outcome.error)
    default:
      throw new ControlFlowError(outcome)
  }
}

type Redirect = Extract<Outcome, { kind: 'redirect' }>

/** Code after the call must not go on, and boundaries must not follow the redirect once more. */
export function followedRedirect(
  redirect: Pick<Redirect, 'to' | 'history'>,
): ControlFlowError & FollowedRedirect {
  const flow = { ...redirect, kind: 'redirect', permanent: false } as const
  return Object.assign(new ControlFlowError(flow), { followed: true })
}

/** `name`, `message` and `stack` are there in development only. */
function errorOf({ digest, name, message, stack }: CallFailure): Error {
  const text = message ?? `The server function failed. The server logged why under ${digest}.`
  const error = Object.assign(new Error(text), { digest })
  if (name) error.name = name
  if (stack) error.stack = stack
  return error
}
