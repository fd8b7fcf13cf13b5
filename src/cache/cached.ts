import { neverKeep } from '../context/dependencies.ts'
import { currentContext } from '../context/request-context.ts'
import { validTags } from '../store/tag-limits.ts'
import { bindToBuild, isReadable, unbound } from './build-bound.ts'
import { cacheKey, sourceOf } from './cache-key.ts'
import type { CachedWork } from './computation.ts'
import { cacheSetup } from './installed.ts'
import { checkedLife, lifeOf, setLife, type Life } from './life.ts'
import { readThrough } from './read-through.ts'

export type CachedOptions<args extends unknown[]> = {
  /** What invalidates the results: always, or depending on the arguments. Default: none. */
  tags?: readonly string[] | ((...args: args) => readonly string[])
  /** Tells results apart beside the arguments: what else the function uses. Default: nothing. */
  key?: string
  /** How long a result is fresh, in seconds. Default: until one of its tags is invalidated. */
  ttl?: number
  /** How much longer it may be served while it is made again, in seconds. Default: 0. */
  swr?: number
}

/**
 * A function whose results are kept, by its arguments, for all visitors. Results are whatever a
 * server function can return, elements too; each caller gets a copy. It cannot read cookies or
 * headers: what it needs of them is an argument. Errors are not kept.
 * @throws TypeError if `ttl` or `swr` is no time
 */
export function cached<args extends unknown[], result>(
  fn: (...args: args) => Promise<result>,
  options: CachedOptions<args> = {},
): (...args: args) => Promise<result> {
  const { tags = [], key = '', ttl = Infinity, swr = 0 } = options
  const life = checkedLife({ revalidate: ttl, expire: ttl + swr }, 'cached()')
  const source = sourceOf(fn)
  return (...args) =>
    callCached<result>({
      fn,
      id: `${source.id}\n${key}`,
      name: source.name,
      args,
      captured: source.captured,
      tags: () => (typeof tags === 'function' ? tags(...args) : tags),
      life,
    })
}

/**
 * The same in Next.js's form: `keyParts` tell results apart beside the arguments, `revalidate` is in
 * seconds; from then on a result is served while it is made again.
 */
export function unstableCache<args extends unknown[], result>(
  fn: (...args: args) => Promise<result>,
  keyParts: readonly string[] = [],
  options: { tags?: readonly string[]; revalidate?: number | false } = {},
): (...args: args) => Promise<result> {
  const { tags = [], revalidate } = options
  const ttl = revalidate === false ? Infinity : (revalidate ?? Infinity)
  return cached(fn, { tags, key: JSON.stringify(keyParts), ttl, swr: ttl === 0 ? 0 : Infinity })
}

export type CachedFunctionCall = {
  fn: (...args: never[]) => unknown
  id: string
  name: string
  args: unknown[]
  /** What the function uses beside its arguments. */
  captured?: () => unknown[]
  tags: () => readonly string[]
  /** `null` where the function itself says it, by `cacheLife()`. */
  life: Life | null
}

/** The result of one call of a cached function. */
export async function callCached<result>(cachedFn: CachedFunctionCall): Promise<result> {
  const { id, name, captured = () => [] } = cachedFn
  const fn = cachedFn.fn as (...args: unknown[]) => unknown
  const { callOf } = cacheSetup()
  if (!callOf) return (await fn(...cachedFn.args)) as result
  const args = withoutTrailing(cachedFn.args)
  const making = callOf({ args, captured: captured(), name })
  const call = 'key' in making ? making : await making
  const work = workOf(cachedFn, { key: cacheKey(id, call.key), run: () => call.run(fn) })
  const text = await readThrough(work)
  try {
    return (await call.read(unbound(text))) as result
  } catch (error) {
    if (!call.isForeign(error)) throw error
    // It was kept by a server that has other functions: the result is made again, as for any miss.
    const isUsable = (kept: string): boolean => kept !== text && isReadable(kept)
    return (await call.read(unbound(await readThrough({ ...work, isUsable })))) as result
  }
}

function workOf(
  { name, tags: tagsOf, life }: CachedFunctionCall,
  { key, run }: { key: string; run: () => Promise<string> },
): CachedWork {
  const tags = tagsOf()
  const valid = validTags(tags, name)
  return {
    key,
    name,
    tags: valid,
    life: lifeOf('default'),
    async run() {
      if (life) setLife(life)
      if (valid.length < tags.length) neverKeep(currentContext(name).dependencies)
      return bindToBuild(await run())
    },
    isUsable: isReadable,
  }
}

/** A parameter that is left out is `undefined` to the function. */
function withoutTrailing(args: unknown[]): unknown[] {
  return args.slice(0, args.findLastIndex((arg) => arg !== undefined) + 1)
}
