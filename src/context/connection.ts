import { readRequest } from './read-request.ts'
import { findContext } from './request-context.ts'

/**
 * Marks what is rendered as being for this request alone: nothing of it is kept for another one. It
 * returns at once.
 * @throws outside a request, and in cached work
 */
export async function connection(): Promise<void> {
  readRequest('connection()')
}

/** Like `connection()`, without a promise; cached work is kept all the same. */
export function noStore(): void {
  const context = findContext()
  if (context) context.dependencies.readsRequest ??= 'unstable_noStore()'
}
