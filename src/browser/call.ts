import { startTransition } from 'react'
import type { CallServer } from '../flight/browser.ts'
import type { Outcome } from '../wire/outcome.ts'
import { againAt, arrive, refetch } from './arrive.ts'
import { type CallQueue, createCallQueue } from './call-queue.ts'
import { type Dispatch, dispatchOf } from './dispatch.ts'
import { loadDocument } from './load-document.ts'
import { forget } from './memory.ts'
import { followRedirect } from './navigate.ts'
import { unwrapOutcome } from './outcome.ts'
import { calls, invalidate, latest, shown } from './page.ts'
import type { Answer } from './answer.ts'
import { running } from './running.ts'
import { sendCall } from './send-call.ts'
import { tracking } from './tracking.ts'

export type CallOrder = 'parallel' | 'serial'

/** Browsers open six connections to a server, and a navigation must always find one. */
export const maxInFlight = 5

/** What React calls for the function that stands for a server function. */
export function createCallServer(order: CallOrder | Exchange): CallServer {
  const enter = createCallQueue(order === 'parallel' ? maxInFlight : 1)
  const exchange: Exchange =
    typeof order === 'function'
      ? order
      : (id, args) => exchangeAlone(dispatchOf(id, args), enter, order)
  return async (id, args) => {
    let end = ignore
    const transition = running.T
    const exchanging = exchange(id, args)
    const arrival = exchanging.then(ignore, ignore)
    calls.add(arrival)
    // A transition lasts until its calls have ended, also one that does not wait for them.
    if (transition) startTransition(() => new Promise<void>((done) => (end = done)))
    try {
      const { answer, from, apply = applyAnswer } = await exchanging
      calls.delete(arrival)
      await apply(answer, from, transition)
      return unwrapOutcome(answer.payload.outcome as Outcome)
    } finally {
      calls.delete(arrival)
      end()
    }
  }
}

/** Gives the answer of a call, and the page that the call was made from. */
export type Exchange = (id: string, args: readonly unknown[]) => Promise<Arrived>

/** `apply` is for an answer that others are applied with. */
export type Arrived = { answer: Answer; from: string; apply?: typeof applyAnswer }

/** Sends one call when there is a place for it. */
export async function exchangeAlone(
  dispatch: Dispatch,
  enter: CallQueue,
  order: CallOrder,
): Promise<Arrived> {
  const leave = await enter()
  const from = shown.route.href
  const sending = sendCall(dispatch, from)
  // A connection is free at the end of the answer; the next turn comes with its beginning.
  sending.then<unknown>((answer) => order === 'parallel' && answer.ended).then(leave, leave)
  return { answer: await sending, from }
}

/** Applies what a call's answer says about pages, before the caller gets the outcome. */
export async function applyAnswer(
  answer: Answer,
  from: string,
  transition: object | null,
): Promise<void> {
  const { outcome, regions, dropped, route: { href } = { href: from } } = answer.payload
  const isRedirect = outcome?.kind === 'redirect'
  const isChanged = dropped || (regions && !isRedirect)
  if (isChanged) {
    invalidate(answer.made)
    forget(answer)
  }
  if (isRedirect) return followRedirect(answer, outcome)
  // What was invalidated concerns the page that is there now, also when it is another one.
  if (regions && (await arrive(answer, againAt(from), transition))) {
    void loadDocument(from, 'replace')
  } else if (isChanged && latest.route.href !== href) void refetch()
  else await tracking?.freshen(answer, transition)
}

function ignore(): void {}
