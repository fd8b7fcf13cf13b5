import type { RequestContext } from '../context/request-context.ts'
import type { Life } from './life.ts'

/** Of a result that nobody could invalidate, since a tag of it was ignored: it is not kept. */
export const notKept: Life = { revalidate: 0, expire: 0 }

const marked = new WeakSet<RequestContext>()

/** Notes that the cached work of this context named a tag that is ignored. */
export function markIgnoredTag(context: RequestContext): void {
  marked.add(context)
}

export function hasIgnoredTag(context: RequestContext): boolean {
  return marked.has(context)
}
