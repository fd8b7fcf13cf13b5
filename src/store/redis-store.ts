import type { Redis } from 'ioredis'
import { createLocalEntries } from './local-entries.ts'
import { createAttempt } from './redis-attempt.ts'
import { decodeEntry, encodeEntry } from './redis-entry.ts'
import { createRedisTags } from './redis-tags.ts'
import type { CacheStore } from './cache-store.ts'

export type RedisStoreOptions = {
  redis: Redis
  /** In bytes, of what this process holds. */
  maxSize?: number
  report: (error: unknown) => void
  /** Milliseconds since 1970. */
  now?: () => number
}

/** A store for all instances that share a Redis, with the entries in use in the process as well. */
export function createRedisStore(options: RedisStoreOptions): CacheStore {
  const { redis, maxSize, report, now = Date.now } = options
  const local = createLocalEntries(maxSize)
  const asking = createAttempt(report)
  const keeping = createAttempt(report)

  return {
    ...createRedisTags({ redis, report, now }),
    async find(key, accept) {
      const own = local.get(key)
      if (own && (await accept(own))) return own
      const bytes = await asking(redis.getBuffer(nameOf(key)))
      const shared = bytes && decodeEntry(bytes)
      if (!shared || !(await accept(shared))) return null
      // A newer one may have been kept in the meantime.
      if (local.peek(key) === own) local.set(key, shared)
      return shared
    },
    async drop(key) {
      local.delete(key)
      await keeping(redis.unlink(nameOf(key)))
    },
    async keep(key, entry) {
      local.set(key, entry)
      const lifetime = Math.min(Math.ceil(entry.usableUntil - now()), longest)
      if (lifetime <= 0) return
      const bytes = encodeEntry(entry)
      if (bytes.length <= largest) await keeping(redis.set(nameOf(key), bytes, 'PX', lifetime))
    },
  }
}

/** In milliseconds: what nobody has made again for a year is not wanted any more. */
const longest = 365 * 24 * 60 * 60_000

/** In bytes: while a larger one is sent, the others would wait for too long. */
const largest = 8 * 1024 * 1024

function nameOf(key: string): string {
  return `volley:entry:${key}`
}
