import { currentContext } from './request-context.ts'

/**
 * Runs `task` once the answer is on its way, whatever the function ended in. Its errors are logged
 * and change nothing else.
 */
export function after(task: (() => unknown) | Promise<unknown>): void {
  const context = currentContext('after()')
  if (typeof task === 'function') {
    context.after.push(task)
    return
  }
  context.after.push(() => task)
  // It may reject before anybody waits for it; what it rejects with is logged when its turn comes.
  task.catch(() => undefined)
}

/** Marks what follows as needing a request. Every page is rendered for its request, so it returns at once. */
export async function connection(): Promise<void> {
  currentContext('connection()')
}
