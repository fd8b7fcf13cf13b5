import { checkedLife, type CacheLife } from '../cache/life.ts'
import type { CacheConfig } from '../server/config.ts'
import { OptionError, parseSize, refuseUnknown } from './option-values.ts'

export type CacheOptions = {
  /**
   * How much memory cached results may take in each process: bytes, or text such as `'64mb'`. The
   * least recently used go first. Default: `'64mb'`.
   */
  maxSize?: number | string
  /**
   * Names for `cacheLife()` and `revalidateTag()`, in seconds: `{ blog: { revalidate: 60, expire: 3600 } }`.
   * Default: those of Next.js, which may be given other times here.
   */
  profiles?: Record<string, CacheLife>
}

/** @throws OptionError naming the option and its value */
export function resolveCacheOptions(options: CacheOptions): CacheConfig {
  refuseUnknown(options, ['maxSize', 'profiles'], 'cache.')
  const { maxSize = '64mb', profiles = {} } = options
  for (const [name, life] of Object.entries(profiles)) requireLife(name, life)
  return { maxSize: parseSize('cache.maxSize', maxSize), profiles }
}

function requireLife(name: string, life: CacheLife): void {
  const option = `cache.profiles[${JSON.stringify(name)}]`
  refuseUnknown(life, ['stale', 'revalidate', 'expire'], `${option}.`)
  try {
    checkedLife(life, option)
  } catch {
    // Its own message is for code of the app.
    const expected = '{ revalidate, expire } in seconds, of which `revalidate` is not the larger'
    throw new OptionError(option, life, expected)
  }
}
