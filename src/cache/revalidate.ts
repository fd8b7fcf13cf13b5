import { assertPhase } from '../context/phase.ts'
import { currentContext, type RequestContext } from '../context/request-context.ts'
import type { InvalidTag } from '../store/cache-store.ts'
import { isTag, warn } from '../store/tag-limits.ts'
import { tagOfPath } from '../wire/tag.ts'
import { cacheSetup } from './installed.ts'
import { lifeOf, timesOf } from './life.ts'
import { tellInvalidations } from './tell-invalidations.ts'

/** A path longer than this is a mistake: it is ignored with a warning. */
const maxPathLength = 1024

/**
 * Everything that shows `path`, and all cached work in it, is out of date: it is rendered again in
 * this answer, and the browser forgets the pages that it visited there. `type` says what a path or a
 * route's pattern covers: `'page'`, or `'layout'` with every page below; `('/', 'layout')` is
 * everything.
 * @throws while rendering
 */
export function revalidatePath(path: string, type?: 'page' | 'layout'): void {
  const context = mutable('revalidatePath()')
  if (path.length > maxPathLength) {
    warn(
      `revalidatePath() ignores a path of ${path.length} characters; the limit is ${maxPathLength}.`,
    )
  } else if (type === undefined && /\[[^\]/]+\]/.test(path)) {
    warn(
      `revalidatePath(${JSON.stringify(path)}) has no effect: say what the pattern covers, ` +
        `as in revalidatePath(${JSON.stringify(path)}, 'page').`,
    )
  } else {
    expire(context, tagOfPath(path, type ?? 'page'))
  }
}

/**
 * With one argument everything that carries the tag is out of date, and this answer shows it anew.
 * With a profile of `cacheLife()`, as in `'max'`, it may be served for as long as the profile's
 * `expire` while it is made again, so this answer carries no UI; `{ expire: 0 }` expires at once.
 * @throws while rendering, and for a profile that does not exist
 */
export function revalidateTag(tag: string, profile?: string | { expire?: number }): void {
  const context = mutable('revalidateTag()')
  if (!isTag(tag)) return
  if (profile === undefined) return expire(context, tag)
  const life = lifeOf(profile)
  if (life.expire === 0) return expire(context, tag)
  declare(context, { tag, staleUntil: timesOf(life, Date.now()).usableUntil })
}

/** Like `revalidateTag(tag)`, for server functions: what they read afterwards is fresh. @throws elsewhere */
export function updateTag(tag: string): void {
  const context = currentContext('updateTag()')
  assertPhase(context, 'updateTag()', ['function', 'late'])
  if (isTag(tag)) expire(context, tag)
}

/** Renders the current page again in this answer, and drops nothing. @throws outside a server function */
export function refresh(): void {
  const context = currentContext('refresh()')
  assertPhase(context, 'refresh()', ['function', 'late'])
  context.invalidation.refresh = true
}

function mutable(api: string): RequestContext {
  const context = currentContext(api)
  assertPhase(context, api, ['function', 'late', 'handler', 'after'])
  return context
}

function expire(context: RequestContext, tag: string): void {
  context.invalidation.tags.add(tag)
  declare(context, { tag })
}

/** An answer tells what was declared before it; after it there is nothing to wait for. */
function declare(context: RequestContext, tag: InvalidTag): void {
  context.invalidation.untold.push(tag)
  const telling = context.phase === 'after' ? tellInvalidations(context) : null
  if (telling) cacheSetup().track(telling)
}
