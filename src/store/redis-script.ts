import { createHash } from 'node:crypto'
import type { Redis } from 'ioredis'

/** Runs a script, which is atomic, on one key. */
export type Script<reply> = (key: string, args: readonly (string | number)[]) => Promise<reply>

/** Redis is told the text of a script only where it does not know it by its hash. */
export function createScript<reply>(redis: Redis, lua: string): Script<reply> {
  const hash = createHash('sha1').update(lua).digest('hex')
  return async (key, args) => {
    try {
      return (await redis.evalsha(hash, 1, key, ...args)) as reply
    } catch (error) {
      if (!String(error).includes('NOSCRIPT')) throw error
      return (await redis.eval(lua, 1, key, ...args)) as reply
    }
  }
}
