import { createHash, randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import type { Redis } from 'ioredis'
import { createAttempt } from './redis-attempt.ts'
import { createScript } from './redis-script.ts'
import { nameOf, type Done, type SubmissionStore, type Visitors } from './submission-store.ts'

export type RedisSubmissionsOptions<outcome> = {
  redis: Redis
  /** What this process remembers. */
  local: SubmissionStore<outcome>
  codec: { encode(outcome: outcome): Promise<string>; decode(text: string): Promise<outcome> }
  visitors: Visitors<outcome>
  report: (error: unknown) => void
  /** In milliseconds: how long others wait for an instance that has ended in the middle of a run. */
  lease?: number
}

/** In milliseconds, and in characters. */
const limits = { ttl: 10 * 60_000, size: 1024 * 1024, delay: 250 }

/** Takes the key if it is free, or holds the first argument; else it gives what the key holds. */
const takeScript = `
local held = redis.call('GET', KEYS[1])
if held and held ~= ARGV[1] then return held end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
return ''`

/** Replaces a claim, or what was lost, unless somebody else has taken the key since. */
const settleScript = `
local held = redis.call('GET', KEYS[1])
if held and held ~= ARGV[1] then return end
if ARGV[2] == '' then redis.call('DEL', KEYS[1])
else redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3]) end`

/**
 * Runs each submission once for all instances: who runs one claims it, and the others wait for its
 * record. While Redis is gone each process is on its own.
 */
export function createRedisSubmissions<outcome extends object>(
  options: RedisSubmissionsOptions<outcome>,
): SubmissionStore<outcome> {
  const { redis, local, codec, visitors, report, lease = 10_000 } = options
  const attempt = createAttempt(report)
  const take = createScript<string>(redis, takeScript)
  const settle = createScript<null>(redis, settleScript)

  const runClaimed = async (key: string, claim: Claim, run: Run<outcome>) => {
    const renew = (): void => void attempt(settle(key, [claim.text, claim.text, lease]))
    const renewing = setInterval(renew, lease / 3).unref()
    let record = ''
    try {
      const done = await run()
      if (done.kept) record = await recordOf(claim.cookie, done.kept)
      return done
    } finally {
      clearInterval(renewing)
      await attempt(settle(key, [claim.text, record, limits.ttl]))
    }
  }

  /** Without a cookie in it, by which somebody could be another one. */
  const recordOf = async (cookie: string, outcome: outcome): Promise<string> => {
    const text = await codec.encode(outcome).catch(report)
    const kept = text && text.length <= limits.size ? text : null
    const names = [visitors.nameOf(cookie), visitors.nameAfter(cookie, outcome)]
    return JSON.stringify([...names.map(hashOf), kept])
  }

  /** `null` if it is another visitor's. */
  const adopt = async (record: string, cookie: string): Promise<Done<outcome> | null> => {
    const [before, after, text] = JSON.parse(record) as [string, string, string | null]
    const visitor = hashOf(visitors.nameOf(cookie))
    if (visitor !== before && visitor !== after) return null
    if (text === null) {
      throw new Error('This submission was sent again. It has run once, and its result is lost.')
    }
    const outcome = await codec.decode(text)
    return { outcome, kept: outcome, size: text.length }
  }

  return {
    once: (submission, run) =>
      local.once(submission, async () => {
        const { cookie } = submission
        const key = `volley:submission:${hashOf(nameOf(submission))}`
        const visitor = `claim ${hashOf(cookie)} `
        const claim = { cookie, text: visitor + randomUUID() }
        let replaced = ''
        for (let delay = 20; ; delay = Math.min(delay * 1.5, limits.delay)) {
          const held = await attempt(take(key, [replaced, claim.text, lease]))
          if (!held) return runClaimed(key, claim, run)
          if (held.startsWith(visitor)) await setTimeout(delay)
          // What a run sets is known when it has ended: until then it is another visitor.
          else if (held.startsWith('claim ')) return run()
          else {
            const done = await adopt(held, cookie)
            if (done) return done
            replaced = held
          }
        }
      }),
  }
}

type Claim = { cookie: string; text: string }
type Run<outcome> = () => Promise<Done<outcome>>

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}
