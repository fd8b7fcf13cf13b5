import { bindToBuild, isReadable, unbound } from './build-bound.ts'
import { cacheKey, sourceOf } from './cache-key.ts'
import { cacheSetup } from './installed.ts'
import { checkedLife, lifeOf, setLife, type Life } from './life.ts'
import { readThrough } from './read-through.ts'
import { validTags } from './tag-limits.ts'

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
      tags: validTags(typeof tags === 'function' ? tags(...args) : tags),
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
  const ttl = revalidate === false || revalidate === undefined ? Infinity : revalidate
  const swr = ttl === 0 ? 0 : Infinity
  return cached(fn, { tags, key: JSON.stringify(keyParts), ttl, swr })
}

export type CachedFunctionCall = {
  fn: (...args: never[]) => unknown
  id: string
  name: string
  args: unknown[]
  tags: readonly string[]
  /** `null` where the function itself says it, by `cacheLife()`. */
  life: Life | null
}

/** The result of one call of a cached function. */
export async function callCached<result>(cachedFn: CachedFunctionCall): Promise<result> {
  const { id, name, tags, life } = cachedFn
  const fn = cachedFn.fn as (...args: unknown[]) => unknown
  const { callOf } = cacheSetup()
  if (!callOf) return (await fn(...cachedFn.args)) as result
  const making = callOf(withoutTrailing(cachedFn.args))
  const call = 'key' in making ? making : await making
  const text = await readThrough({
    key: cacheKey(id, call.key),
    name,
    tags,
    life: lifeOf('default'),
    async run() {
      if (life) setLife(life)
      return bindToBuild(await call.run(fn))
    },
    isUsable: isReadable,
  })
  return (await call.read(unbound(text))) as result
}

/** A parameter that is left out is `undefined` to the function. */
function withoutTrailing(args: unknown[]): unknown[] {
  return args.slice(0, args.findLastIndex((arg) => arg !== undefined) + 1)
}
