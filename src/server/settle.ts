import { isInvalidated } from '../context/invalidation.ts'
import type { RequestContext } from '../context/request-context.ts'
import type { Ending } from './invoke.ts'

/**
 * Must the answer of a call carry UI? Only when the function said that something changed: an
 * answer that always did would make a call in an effect loop.
 */
export function carriesUi({ cookies, invalidation }: RequestContext, ending: Ending): boolean {
  return ending.kind === 'redirect' || cookies?.changed === true || isInvalidated(invalidation)
}

/**
 * Which visited pages the browser may no longer show from memory: those of literal paths where
 * that is all there is, else every page. `refresh()` drops none.
 */
export function droppedPages({ cookies, invalidation }: RequestContext): true | string[] | null {
  const { tags, paths } = invalidation
  if (cookies?.changed || tags.size > 0) return true
  if (paths.some(({ path, covers }) => covers === 'layout' || path.includes('['))) return true
  return paths.length > 0 ? paths.map(({ path }) => asInAddressBar(path)) : null
}

/** Percent-encoded and without a slash at its end, which is how the browser remembers a page. */
function asInAddressBar(path: string): string {
  if (/^(?:\/[\w-]+)+$/.test(path)) return path
  const { pathname } = URL.parse(path, 'http://volley.invalid') ?? { pathname: path }
  return pathname.replace(/(.)\/$/, '$1')
}

/** The cookies that were set, ready to be sent. */
export function cookieHeaders({ cookies }: RequestContext): [string, string][] {
  return (cookies?.setCookieHeaders() ?? []).map((cookie) => ['set-cookie', cookie])
}
