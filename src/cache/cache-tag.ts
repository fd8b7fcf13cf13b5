import { assertPhase } from '../context/phase.ts'
import { currentContext } from '../context/request-context.ts'
import { validTags } from './tag-limits.ts'

/**
 * Tags the result of the cached function that calls it, also with what the function has only just
 * learned, as in `cacheTag('post:' + post.id)`. An invalidation of the tag counts from the moment the
 * function began.
 * @throws outside cached work
 */
export function cacheTag(...tags: string[]): void {
  const context = currentContext('cacheTag()')
  assertPhase(context, 'cacheTag()', ['cached'])
  for (const tag of validTags(tags)) context.dependencies.tags.add(tag)
}
