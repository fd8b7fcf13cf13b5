import { assertPhase } from '../context/phase.ts'
import { currentContext, type RequestContext } from '../context/request-context.ts'
import { validTags } from './tag-limits.ts'

/**
 * Tags the result of the cached function that calls it, also with what the function has only just
 * learned, as in `cacheTag('post:' + post.id)`. An invalidation of the tag counts from the moment the
 * function began.
 * @throws outside cached work, and for too many tags at once
 */
export function cacheTag(...tags: string[]): void {
  const context = currentContext('cacheTag()')
  assertPhase(context, 'cacheTag()', ['cached'])
  const valid = validTags(tags, `cacheTag() in ${context.where}`)
  if (valid.length < tags.length) withIgnored.add(context)
  for (const tag of valid) context.dependencies.tags.add(tag)
}

const withIgnored = new WeakSet<RequestContext>()

/** Whether this cached work named a tag that is ignored: nobody could invalidate its result. */
export function hasIgnoredTag(context: RequestContext): boolean {
  return withIgnored.has(context)
}
