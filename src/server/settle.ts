import { isInvalidated } from '../context/invalidation.ts'
import type { RequestContext } from '../context/request-context.ts'
import { hashOfTag, tagOfPath } from '../wire/tag.ts'
import type { Ending } from './invoke.ts'

/**
 * Must the answer of a call carry UI? Only when the function said that something changed: an
 * answer that always did would make a call in an effect loop.
 */
export function carriesUi({ cookies, invalidation }: RequestContext, ending: Ending): boolean {
  return ending.kind === 'redirect' || cookies?.isChanged() === true || isInvalidated(invalidation)
}

/**
 * The tags of visited pages that the browser may no longer show from memory. Any page may have read a
 * cookie that changed, and `refresh()` drops none.
 */
export function droppedPages({ cookies, invalidation }: RequestContext): string[] | null {
  const tags = cookies?.isChanged() ? [everyPage] : [...invalidation.tags]
  return tags.length > 0 ? tags.map(hashOfTag) : null
}

const everyPage = tagOfPath('/', 'layout')

/** The headers that come of what has run: the cookies that were set, ready to be sent. */
export function contextHeaders({ cookies, passed }: RequestContext): [string, string][] {
  if (!cookies) return passed
  const lines = cookies.setCookieHeaders()
  return [...passed, ...lines.map((line): [string, string] => ['set-cookie', line])]
}
