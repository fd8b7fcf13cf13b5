import { neverKeep } from '../context/dependencies.ts'
import { assertPhase } from '../context/phase.ts'
import { currentContext } from '../context/request-context.ts'
import { checkCount, isTag } from '../store/tag-limits.ts'

/**
 * Tags the result of the cached function that calls it, also with what the function has only just
 * learned, as in `cacheTag('post:' + post.id)`. An invalidation of the tag counts from the moment the
 * function began.
 * @throws outside cached work, and for too many tags
 */
export function cacheTag(...tags: string[]): void {
  const context = currentContext('cacheTag()')
  assertPhase(context, 'cacheTag()', ['cached'])
  const { dependencies } = context
  for (const tag of tags) {
    if (isTag(tag)) dependencies.tags.add(tag)
    else neverKeep(dependencies)
  }
  checkCount(dependencies.tags.size, context.where)
}
