import { tellInvalidations } from '../cache/tell-invalidations.ts'
import { callSignal } from '../context/call-state.ts'
import { runInContext, type RequestContext } from '../context/request-context.ts'
import { loadFunction, referenceOf } from '../flight/function-table.ts'
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
 * be set in that request, whoever kept the store; and what it has invalidated is so for everybody.
 * @throws Refusal when its captured values were altered: its own code has not run then
 */
export async function invoke(
  context: RequestContext,
  { id, run }: { id: string; run: () => unknown },
): Promise<Ending> {
  try {
    return { kind: 'value', value: await runInContext(context, run) }
  } catch (error) {
    if (error instanceof SealError && (await isOwnSeal(error, id))) {
      throw new Refusal('bad-request', error.message)
    }
    return controlFlowOf(error) ?? { kind: 'error', error }
  } finally {
    if (context.phase === 'function') context.phase = 'render'
    const telling = tellInvalidations(context)
    if (telling) await telling
  }
}

/** Those of another function are opened when this one calls it, and has run. */
async function isOwnSeal({ id }: SealError, called: string): Promise<boolean> {
  return referenceOf(await loadFunction(called))?.id === id
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
      context.phase = 'late'
      callSignal(context).abort(new DOMException(reason, 'TimeoutError'))
      reject(new Refusal('timeout', reason))
    })
    const settle =
      <value>(pass: (value: value) => void) =>
      (value: value): void => {
        cancel()
        pass(value)
      }
    running.then(settle(resolve), settle(reject))
  })
}
