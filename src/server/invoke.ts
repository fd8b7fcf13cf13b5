import { runInContext, type RequestContext } from '../context/request-context.ts'
import { SealError } from '../flight/seal.ts'
import { controlFlowOf, type ControlFlow } from '../wire/control-flow.ts'
import { setDeadline } from './deadlines.ts'
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
    if (context.phase === 'function') context.phase = 'render'
  }
}

/**
 * Waits for a run of a server function, but not for ever: it cannot be ended, only told by its
 * `signal()` that nobody waits for it any more. `timeout` is in milliseconds.
 * @throws Refusal `timeout`
 */
export function inTime<result>(
  running: Promise<result>,
  { context, timeout }: { context: RequestContext; timeout: number },
): Promise<result> {
  return new Promise((resolve, reject) => {
    const cancel = setDeadline(timeout, () => {
      const reason = `${context.where} took longer than ${timeout} ms (timeout)`
      context.phase = 'after'
      context.signal.abort(new DOMException(reason, 'TimeoutError'))
      reject(new Refusal('timeout', reason))
    })
    running.then(resolve, reject).finally(cancel)
  })
}
