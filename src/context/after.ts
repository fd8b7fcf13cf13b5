import { assertPhase } from './phase.ts'
import { currentContext } from './request-context.ts'

/**
 * Runs `task` once the answer is on its way, whatever the function ended in. Its errors are logged
 * and change nothing else.
 * @throws in cached work, which may be done for no request
 */
export function after(task: (() => unknown) | Promise<unknown>): void {
  const context = currentContext('after()')
  assertPhase(context, 'after()', ['function', 'late', 'handler', 'middleware', 'render', 'after'])
  if (typeof task === 'function') {
    context.after.push(task)
    return
  }
  context.after.push(() => task)
  // It may reject before anybody waits for it; what it rejects with is logged when its turn comes.
  task.catch(() => undefined)
}
