import { currentContext, type RequestContext } from '../context/request-context.ts'
import { assertPhase } from '../context/phase.ts'

/** A path longer than this, or a longer tag, is a mistake: it is ignored with a warning. */
const maxPathLength = 1024
const maxTagLength = 256

/**
 * Everything that shows `path` is out of date: it is rendered again in this answer, and the
 * browser forgets the pages that it visited there. `type` says what a route's pattern covers:
 * `'page'`, or `'layout'` with every page below; `('/', 'layout')` is everything.
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
    context.invalidation.paths.push({ path, covers: type ?? 'page' })
  }
}

/**
 * With one argument everything that carries the tag is out of date, and this answer shows it anew.
 * With a profile, as in `'max'`, stale data is served while it is computed again, so that this
 * answer carries no UI; `{ expire: 0 }` expires at once.
 * @throws while rendering
 */
export function revalidateTag(tag: string, profile?: string | { expire?: number }): void {
  const context = mutable('revalidateTag()')
  const isStale = profile !== undefined && !(typeof profile === 'object' && profile.expire === 0)
  if (isValidTag(tag) && !isStale) context.invalidation.tags.add(tag)
}

/** Like `revalidateTag(tag)`, for server functions: what they read afterwards is fresh. @throws elsewhere */
export function updateTag(tag: string): void {
  const context = currentContext('updateTag()')
  assertPhase(context, 'updateTag()', ['function'])
  if (isValidTag(tag)) context.invalidation.tags.add(tag)
}

/** Renders the current page again in this answer, and drops nothing. @throws outside a server function */
export function refresh(): void {
  const context = currentContext('refresh()')
  assertPhase(context, 'refresh()', ['function'])
  context.invalidation.refresh = true
}

function mutable(api: string): RequestContext {
  const context = currentContext(api)
  assertPhase(context, api, ['function', 'handler', 'after'])
  return context
}

function isValidTag(tag: string): boolean {
  const isValid = tag.length <= maxTagLength
  if (!isValid) warn(`A tag of ${tag.length} characters is ignored; the limit is ${maxTagLength}.`)
  return isValid
}

function warn(message: string): void {
  process.emitWarning(message, 'VolleyWarning')
}
