import { addDependency } from '../context/dependencies.ts'
import { isDraft } from '../context/draft-mode.ts'
import { findContext, type RequestContext } from '../context/request-context.ts'
import type { Entry } from '../store/cache-store.ts'
import {
  assertNotWithin,
  compute,
  findComputation,
  makeEntry,
  nextNumber,
  type CachedWork,
} from './computation.ts'
import { cacheSetup } from './installed.ts'
import { readerOf, type Reader, type Verdict } from './reader.ts'
import { tellInvalidations } from './tell-invalidations.ts'

/**
 * The result of the work: a kept one, or that of a computation that all who ask at the same time
 * share. What the present request invalidated before counts, and so does whatever was invalidated
 * before it came. A stale result is given at once, and made again in the background.
 */
export async function readThrough(work: CachedWork): Promise<string> {
  const context = findContext()
  const telling = context && tellInvalidations(context)
  if (telling) await telling
  const visit = { context, reader: readerOf(context), number: nextNumber() }
  const entry =
    context && isDraft(context)
      ? await makeDraft(work, context)
      : ((await findKept(work, visit)) ?? (await computeOnce(work, visit)))
  if (context) addDependency(context.dependencies, entry)
  return entry.value
}

/** Drafts are nobody else's. */
function makeDraft(work: CachedWork, context: RequestContext): Promise<Entry> {
  assertNotWithin(work, context)
  return makeEntry(work, { since: null, context, isVisit: true })
}

/** Forgets what is kept of some work. */
export function dropKept(key: string): Promise<void> {
  return cacheSetup().store.drop(key)
}

type Visit = { context: RequestContext | undefined; reader: Reader; number: number }

async function findKept(work: CachedWork, { reader, context }: Visit): Promise<Entry | null> {
  let isStale = false
  const entry = await cacheSetup().store.find(work.key, async (candidate) => {
    if (work.isUsable?.(candidate.value) === false) return false
    const verdict = await reader.judge(candidate)
    isStale = verdict === 'stale'
    return isGoodFor(verdict, context)
  })
  if (entry && isStale) computeAgain(work, context)
  return entry
}

/** What is kept must not be made of what is stale: it would count as fresh, with that in it. */
function isGoodFor(verdict: Verdict, context: RequestContext | undefined): boolean {
  return verdict === 'fresh' || (verdict === 'stale' && !context?.isKept)
}

async function computeOnce(work: CachedWork, { context, reader, number }: Visit): Promise<Entry> {
  for (;;) {
    const since = await reader.now()
    const other = findComputation(work.key)
    if (!other) return compute(work, { since, context, isVisit: true })
    assertNotWithin(work, context)
    const entry = await other.result
    // A computation that began before this reader came may have read what was changed in between.
    const isLater = other.number > number
    if (entry && (isLater || isGoodFor(await reader.judge(entry), context))) return entry
  }
}

/** Nobody waits for it: whoever comes meanwhile gets the stale result too. */
function computeAgain(work: CachedWork, context: RequestContext | undefined): void {
  if (findComputation(work.key)) return
  const { track, report } = cacheSetup()
  const again = async (): Promise<void> => {
    const since = await readerOf(undefined).now()
    if (!findComputation(work.key)) await compute(work, { since, context, isVisit: false })
  }
  track(again().catch((error: unknown) => report(error, work.name)))
}
