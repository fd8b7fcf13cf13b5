import { addDependency } from '../context/dependencies.ts'
import {
  createContext,
  findContext,
  runInContext,
  type RequestContext,
} from '../context/request-context.ts'
import { cacheSetup } from './installed.ts'
import { lifeSetIn, timesOf, type Life } from './life.ts'
import { readerOf, type Reader } from './reader.ts'
import type { Entry, Moment } from '../store/cache-store.ts'
import { tellInvalidations } from './tell-invalidations.ts'

/** Work whose result is kept. */
export type CachedWork = {
  key: string
  /** For messages: `app/data.ts#getPosts`. */
  name: string
  tags: readonly string[]
  /** For results that `setLife` says nothing of: they live no longer than that, nor than what they are made of. */
  life: Life
  /** Makes the result, in a context of its own, for the visitor who waits for it; `null` in the background. */
  run: (visitor: RequestContext | null) => Promise<string>
  /** Whether a kept result is one that this build can use. */
  isUsable?: (value: string) => boolean
}

type Running = { started: number; entry: Promise<Entry> }

const running = new Map<string, Running>()

/** Counts readers and computations: which came first decides whether one may use the other. */
let clock = 0

/**
 * The result of the work: a kept one, or that of a computation that all who ask at the same time
 * share. What the present request invalidated before counts, and so does whatever was invalidated
 * before it came. A stale result is given at once, and made again in the background.
 */
export async function readThrough(work: CachedWork): Promise<string> {
  const context = findContext()
  if (context) await tellInvalidations(context)
  const arrived = ++clock
  const reader = readerOf(context)
  const entry =
    (await findKept(work, { reader, context })) ??
    (await computeOnce(work, { reader, context, arrived, isVisit: true }))
  if (context) addDependency(context.dependencies, entry)
  return entry.value
}

/** The request that a computation is for; `isVisit` when it waits for the result. */
type Asked = { context: RequestContext | undefined; isVisit: boolean }

type Visit = Asked & { reader: Reader; arrived: number }

async function findKept(
  work: CachedWork,
  { reader, context }: Pick<Visit, 'reader' | 'context'>,
): Promise<Entry | null> {
  let isStale = false
  const entry = await cacheSetup().store.find(work.key, async (candidate) => {
    if (work.isUsable?.(candidate.value) === false) return false
    const verdict = await reader.judge(candidate)
    isStale = verdict === 'stale'
    return verdict !== 'expired'
  })
  if (entry && isStale) computeAgain(work, context)
  return entry
}

async function computeOnce(work: CachedWork, visit: Visit): Promise<Entry> {
  for (;;) {
    const since = await visit.reader.now()
    const other = running.get(work.key)
    if (!other) return compute(work, since, visit)
    const entry = await other.entry
    // A computation that began before this reader came may have read what was changed in between.
    if (other.started > visit.arrived || (await visit.reader.judge(entry)) !== 'expired') {
      return entry
    }
  }
}

/** Nobody waits for it: whoever comes meanwhile gets the stale result too. */
function computeAgain(work: CachedWork, context: RequestContext | undefined): void {
  if (running.has(work.key)) return
  const { track, report } = cacheSetup()
  const again = async (): Promise<void> => {
    const since = await readerOf(undefined).now()
    if (!running.has(work.key)) await compute(work, since, { context, isVisit: false })
  }
  track(again().catch((error: unknown) => report(error, work.name)))
}

function compute(work: CachedWork, since: Moment | null, asked: Asked): Promise<Entry> {
  const entry = makeEntry(work, since, asked)
  const current = { started: ++clock, entry }
  running.set(work.key, current)
  const end = (): void => {
    if (running.get(work.key) === current) running.delete(work.key)
  }
  entry.then(end, end)
  return entry
}

async function makeEntry(
  work: CachedWork,
  since: Moment | null,
  { context: visitor, isVisit }: Asked,
): Promise<Entry> {
  const { store } = cacheSetup()
  const context = createContext('cached', work.name, { headers: {}, signal: neverAborted })
  // What is out of date for a page is so for all that it is made of.
  context.pageTags = visitor?.pageTags ?? []
  const madeAt = Date.now()
  const value = await runInContext(context, () => work.run(isVisit ? (visitor ?? null) : null))
  const { dependencies } = context
  const life = lifeSetIn(context)
  const { freshUntil, usableUntil } = life
    ? timesOf(life, madeAt)
    : earlier(dependencies, timesOf(work.life, madeAt))
  const entry: Entry = {
    value,
    tags: [...new Set([...work.tags, ...dependencies.tags])],
    since: since ?? { generation: '', sequence: 0 },
    freshUntil,
    usableUntil,
  }
  // Without the history of its tags nobody could tell whether it is still valid.
  const isJudgeable = since !== null || entry.tags.length === 0
  if (isJudgeable && entry.usableUntil > madeAt) void store.keep(work.key, entry)
  return entry
}

function earlier(one: Times, other: Times): Times {
  return {
    freshUntil: Math.min(one.freshUntil, other.freshUntil),
    usableUntil: Math.min(one.usableUntil, other.usableUntil),
  }
}

type Times = Pick<Entry, 'freshUntil' | 'usableUntil'>

const neverAborted = new AbortController().signal
