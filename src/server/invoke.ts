import type { RequestContext } from '../context/request-context.ts'
import { runInContext } from '../context/request-context.ts'
import { SealError } from '../flight/seal.ts'
import { controlFlowOf, type ControlFlow } from '../wire/control-flow.ts'
import { Refusal } from './refusal.ts'

/** What running a function ended in, before anything is decided about the answer. */
export type Ending =
  | { kind: 'value'; value: unknown }
  | { kind: 'error'; error: unknown }
  | ControlFlow

/**
 * Runs a server function in its request's context. From the moment it ends, cookies can no longer
 * be set in that request, whoever kept the store.
 * @throws Refusal when captured values were altered: the function's own code has not run then
 */
export async function invoke(context: RequestContext, fn: () => unknown): Promise<Ending> {
  try {
    return { kind: 'value', value: await runInContext(context, fn) }
  } catch (error) {
    if (error instanceof SealError) throw new Refusal('bad-request', error.message)
    return controlFlowOf(error) ?? { kind: 'error', error }
  } finally {
    context.phase = 'render'
  }
}
