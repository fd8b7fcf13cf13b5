import type { Redis } from 'ioredis'
import { createScript } from './redis-script.ts'

/** What says in Redis that somebody is at work for this key, until there is a record in its place. */
export type Claim = { key: string; text: string }

/** Each rejects where Redis cannot be asked. */
export interface Claims {
  /** Takes the key if it is free, or holds `replaced`; else it gives what the key holds. */
  take(claim: Claim, replaced: string): Promise<string>
  /** Lets a claim last longer. */
  renew(claim: Claim): Promise<unknown>
  /** Replaces a claim, or what was lost, by a record, `''` for none, unless somebody else has taken the key since. */
  settle(claim: Claim, record: string): Promise<unknown>
}

const takeScript = `
local held = redis.call('GET', KEYS[1])
if held and held ~= ARGV[1] then return held end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
return ''`

const settleScript = `
local held = redis.call('GET', KEYS[1])
if held and held ~= ARGV[1] then return end
if ARGV[2] == '' then redis.call('DEL', KEYS[1])
else redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3]) end`

/** In milliseconds: a claim lasts for `lease`, and a record for `ttl`. */
export function createClaims(redis: Redis, { lease, ttl }: { lease: number; ttl: number }): Claims {
  const take = createScript<string>(redis, takeScript)
  const settle = createScript<null>(redis, settleScript)
  return {
    take: ({ key, text }, replaced) => take(key, [replaced, text, lease]),
    renew: ({ key, text }) => settle(key, [text, text, lease]),
    settle: ({ key, text }, record) => settle(key, [text, record, ttl]),
  }
}
