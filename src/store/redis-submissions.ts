import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import type { Redis } from 'ioredis'
import { createAttempt } from './redis-attempt.ts'
import { createClaims, type Claim } from './redis-claims.ts'
import { createRecords, hashOf, type Codec } from './submission-record.ts'
import {
  nameOf,
  type CallTime,
  type Run,
  type Submission,
  type SubmissionStore,
  type Visitors,
} from './submission-store.ts'

export type RedisSubmissionsOptions<outcome> = {
  redis: Redis
  /** What this process remembers. */
  local: SubmissionStore<outcome>
  codec: Codec<outcome>
  visitors: Visitors<outcome>
  report: (error: unknown) => void
  /** What the process must not end without: a record that is on its way. */
  track: (work: Promise<void>) => void
  /** In milliseconds: how long others wait for an instance that has ended in the middle of a run. */
  lease?: number
}

/** In milliseconds: how long a record is kept, and the longest pause between two looks for it. */
const limits = { ttl: 10 * 60_000, delay: 250 }

/** In leases: how much longer than its time a run may take until its claim is not renewed any more. */
const lateness = 6

/**
 * Runs each submission once for all instances: who runs one claims it, and the others wait for its
 * record. While Redis is gone each process is on its own.
 */
export function createRedisSubmissions<outcome extends object>(
  options: RedisSubmissionsOptions<outcome>,
): SubmissionStore<outcome> {
  const { redis, local, codec, visitors, report, track, lease = 10_000 } = options
  const attempt = createAttempt(report)
  const records = createRecords(codec, visitors, report)
  const claims = createClaims(redis, { lease, ttl: limits.ttl })

  const runClaimed = async (claim: OwnClaim, run: Run<outcome>, timeout: number) => {
    const renewing = renew(claim, timeout)
    let kept: outcome | null = null
    try {
      const done = await run()
      kept = done?.kept ?? null
      return done
    } finally {
      clearInterval(renewing)
      const leaving = leave(claim, kept).catch(report)
      track(leaving)
      // The claim covers the time until the record is there, for all but the one that its visitor
      // has become by the run.
      if (kept && isRenamed(claim.cookie, kept)) await leaving
    }
  }

  /** A run that hangs is one day not waited for any more, and may be run again. */
  const renew = (claim: Claim, timeout: number): NodeJS.Timeout => {
    const end = performance.now() + timeout + lateness * lease
    const renewing = setInterval(() => {
      if (performance.now() < end) void attempt(claims.renew(claim))
      else clearInterval(renewing)
    }, lease / 3)
    return renewing.unref()
  }

  const leave = async (claim: OwnClaim, kept: outcome | null): Promise<void> => {
    const record = kept ? await records.write(claim.cookie, kept) : ''
    await attempt(claims.settle(claim, record))
  }

  const isRenamed = (cookie: string, outcome: outcome): boolean =>
    visitors.nameOf(cookie) !== visitors.nameAfter(cookie, outcome)

  const runForAll = async (submission: Submission, run: Run<outcome>, time: CallTime) => {
    const { cookie } = submission
    const key = `volley:submission:${hashOf(nameOf(submission))}`
    const visitor = `claim ${hashOf(cookie)} `
    const claim = { key, cookie, text: visitor + randomUUID() }
    const runInTime: Run<outcome> = async () => (time.isOver() ? null : run())
    let replaced = ''
    for (let delay = 20; !time.isOver(); delay = Math.min(delay * 1.5, limits.delay)) {
      const held = await attempt(claims.take(claim, replaced))
      if (!held) return runClaimed(claim, runInTime, time.timeout)
      if (held.startsWith(visitor)) await setTimeout(delay)
      // What a run sets is known when it has ended: until then it is another visitor.
      else if (held.startsWith('claim ')) return runInTime()
      else {
        const done = await records.read(held, cookie)
        if (done) return done
        replaced = held
      }
    }
    return null
  }

  return {
    once: (submission, run, time) =>
      local.once(submission, () => runForAll(submission, run, time), time),
  }
}

type OwnClaim = Claim & { cookie: string }
