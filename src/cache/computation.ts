import { addDependency, isNeverKept } from '../context/dependencies.ts'
import { isDraft } from '../context/draft-mode.ts'
import {
  createContext,
  nobody,
  runInContext,
  type RequestContext,
} from '../context/request-context.ts'
import type { Entry, Moment } from '../store/cache-store.ts'
import { cacheSetup } from './installed.ts'
import { lifeSetIn, timesOf, type Life } from './life.ts'

/** Work whose result is kept. */
export type CachedWork = {
  key: string
  /** For messages: `app/data.ts#getPosts`. */
  name: string
  tags: readonly string[]
  /** Of results that `setLife` says nothing of; they live no longer than what they are made of. */
  life: Life
  /** Makes the result, in a context of its own, for the visitor who waits for it; `null` in the background. */
  run: (visitor: RequestContext | null) => Promise<string>
  /** Whether a kept result is one that this build can use. */
  isUsable?: (value: string) => boolean
}

/** A computation that has not ended. */
export type Computation = {
  /** Readers and computations are counted: which came first decides whether one may use the other. */
  number: number
  /** `null` when it has taken so long that it may never end, and nobody waits for it any more. */
  result: Promise<Entry | null>
}

const running = new Map<string, Computation>()

let count = 0

/** The number of whoever asks for it. */
export function nextNumber(): number {
  return ++count
}

/** In milliseconds: how long those wait for a computation who could do it themselves. */
const patience = 30_000

export function findComputation(key: string): Computation | undefined {
  return running.get(key)
}

export type Computed = {
  /** Before now; `null` where the history of tags cannot be read. */
  since: Moment | null
  /** The request that it is for. */
  context: RequestContext | undefined
  /** Whether that waits for the result. */
  isVisit: boolean
}

/** Does the work, and keeps its result. */
export function compute(work: CachedWork, computed: Computed): Promise<Entry> {
  const entry = makeEntry(work, computed)
  const over = Promise.withResolvers<null>()
  const computation = { number: nextNumber(), result: Promise.race([entry, over.promise]) }
  const end = (): void => {
    clearTimeout(timer)
    over.resolve(null)
    if (running.get(work.key) === computation) running.delete(work.key)
  }
  const timer = setTimeout(end, patience).unref()
  running.set(work.key, computation)
  entry.then(end, end)
  // Whoever asked for it learns of its error.
  computation.result.catch(() => undefined)
  return entry
}

/** The work's result for one request: it is kept, unless that is one for drafts. */
export async function makeEntry(
  work: CachedWork,
  { since, context: visitor, isVisit }: Computed,
): Promise<Entry> {
  const context = createContext('cached', work.name, nobody)
  makers.set(context, { key: work.key, within: visitor })
  context.isKept = true
  context.isDraft = visitor !== undefined && isDraft(visitor)
  // What is out of date for a page is so for all that it is made of.
  context.pageTags = visitor?.pageTags ?? []
  const madeAt = Date.now()
  const value = await runInContext(context, () => work.run(isVisit ? (visitor ?? null) : null))
  const { dependencies } = context
  addDependency(dependencies, { tags: work.tags, ...timesOf(work.life, madeAt) })
  const said = lifeSetIn(context)
  const isSaid = said && !isNeverKept(dependencies)
  const { freshUntil, usableUntil } = isSaid ? timesOf(said, madeAt) : dependencies
  const entry: Entry = {
    value,
    tags: [...dependencies.tags],
    since: since ?? { generation: '', sequence: 0 },
    freshUntil,
    usableUntil,
  }
  // Without the history of its tags nobody could tell whether it is still valid.
  const isJudgeable = since !== null || entry.tags.length === 0
  if (isJudgeable && entry.usableUntil > madeAt && !context.isDraft)
    void cacheSetup().store.keep(work.key, entry)
  return entry
}

/** Which work a context is for, and what that is part of. */
const makers = new WeakMap<RequestContext, { key: string; within: RequestContext | undefined }>()

/** @throws Error if the work would wait for itself */
export function assertNotWithin(
  { key, name }: Pick<CachedWork, 'key' | 'name'>,
  context: RequestContext | undefined,
): void {
  const maker = context && makers.get(context)
  if (maker?.key === key) {
    throw new Error(`${name} needs its own result: it calls itself with the same arguments.`)
  }
  if (maker) assertNotWithin({ key, name }, maker.within)
}
