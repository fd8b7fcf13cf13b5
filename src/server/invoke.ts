import type { RequestContext } from '../context/request-context.ts'
import { runInContext } from '../context/request-context.ts'
import { controlFlowOf, type ControlFlow } from '../wire/control-flow.ts'

/** What running a function ended in, before anything is decided about the answer. */
export type Ending =
  | { kind: 'value'; value: unknown }
  | { kind: 'error'; error: unknown }
  | ControlFlow

/**
 * Runs a server function in its request's context. From the moment it ends, cookies can no longer
 * be set in that request, whoever kept the store.
 */
export async function invoke(context: RequestContext, fn: () => unknown): Promise<Ending> {
  try {
    return { kind: 'value', value: await runInContext(context, fn) }
  } catch (error) {
    return controlFlowOf(error) ?? { kind: 'error', error }
  } finally {
    context.phase = 'render'
  }
}
