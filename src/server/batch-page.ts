import { addInvalidation, createInvalidation } from '../context/invalidation.ts'
import type { RequestContext } from '../context/request-context.ts'
import { cookieJar } from '../context/request-state.ts'
import { contextHeaders } from './settle.ts'
import { type CallAnswer, settledAnswer, type SettledCall } from './settled-call.ts'

/** Where the page of a batch is: `pageOf` is the call that brings it, if that is another one. */
export type PagePlace = { hasUi: boolean; pageOf: number | null }

/** What the calls of a batch have in common: the page is rendered once, when all have ended. */
export interface BatchPage {
  /**
   * The answer of a call whose function has run. It is there at once, unless it belongs with the page:
   * then it comes when all have ended, with the page or beside it.
   */
  settle(index: number, settled: SettledCall): Promise<CallAnswer>
  /** A call was refused, or failed, and nobody waits for it. */
  leave(index: number): void
  /** Known when the answer of the call is. */
  placeOf(index: number): PagePlace
  /** Headers that came of the calls so far and were not taken before. */
  takeHeaders(): [name: string, value: string][]
}

/** For a batch of `count` calls. */
export function createBatchPage(count: number): BatchPage {
  const ended = new Set<number>()
  /** In the order in which they ended. */
  const changing = new Map<number, SettledCall>()
  const headers: [string, string][] = []
  const { promise: allEnded, resolve: endAll } = Promise.withResolvers<void>()
  const carried = Promise.withResolvers<CallAnswer>()

  const leave = (index: number): void => {
    ended.add(index)
    if (ended.size === count) endAll()
  }
  const carry = async (settled: SettledCall): Promise<CallAnswer> => {
    const context = sharedContext(settled.context, [...changing.values()])
    const answer = await settledAnswer({ ...settled, context })
    // What middleware says of a page that a redirect leads to.
    headers.push(...settled.context.passed)
    return answer
  }

  return {
    async settle(index, settled) {
      headers.push(...contextHeaders(settled.context))
      if (settled.hasUi) changing.set(index, settled)
      leave(index)
      if (!settled.hasUi) return settledAnswer(settled)
      await allEnded
      if (index === carrierOf(changing)) {
        carried.resolve(carry(settled))
        return carried.promise
      }
      await carried.promise
      return settledAnswer({ ...settled, hasUi: false })
    },
    leave,
    placeOf(index) {
      const carrier = carrierOf(changing)
      const hasUi = changing.has(index)
      return { hasUi, pageOf: hasUi && index !== carrier ? carrier : null }
    },
    takeHeaders: () => headers.splice(0),
  }
}

/** Who redirects says which page it is; of several the last, as in the order they were called. */
function carrierOf(changing: ReadonlyMap<number, SettledCall>): number {
  const redirecting = [...changing].filter(([, { ending }]) => ending.kind === 'redirect')
  const calls = redirecting.length > 0 ? redirecting : [...changing]
  return Math.max(...calls.map(([index]) => index))
}

/** Renders as if one call had set the cookies, and invalidated the tags, of all. */
function sharedContext(context: RequestContext, all: readonly SettledCall[]): RequestContext {
  const shared = { ...context, cookies: null, invalidation: createInvalidation() }
  for (const { context: own } of all) {
    addInvalidation(shared.invalidation, own.invalidation)
    for (const cookie of own.cookies?.written() ?? []) cookieJar(shared).set(cookie)
  }
  return shared
}
