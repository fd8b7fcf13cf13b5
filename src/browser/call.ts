import { startTransition } from 'react'
import { type CallServer, createTemporaryReferenceSet, encodeArguments } from '../flight/browser.ts'
import type { Outcome } from '../wire/outcome.ts'
import { trimArguments } from '../wire/reference.ts'
import { againAt, arrive, refetch } from './arrive.ts'
import { createCallQueue } from './call-queue.ts'
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
const maxInFlight = 5

/** What React calls for the function that stands for a server function. */
export function createCallServer(order: CallOrder): CallServer {
  const exchange = createExchange(order)
  return async (id, args) => {
    let end = ignore
    const transition = running.T
    const exchanging = exchange(id, args)
    const arrival = exchanging.then(ignore, ignore)
    calls.add(arrival)
    // A transition lasts until its calls have ended, also one that does not wait for them.
    if (transition) startTransition(() => new Promise<void>((done) => (end = done)))
    try {
      const { answer, from } = await exchanging
      calls.delete(arrival)
      await applyAnswer(answer, from, transition)
      return unwrapOutcome(answer.payload.outcome as Outcome)
    } finally {
      calls.delete(arrival)
      end()
    }
  }
}

/** Gives the answer of a call, and the page that the call was made from. */
type Exchange = (id: string, args: readonly unknown[]) => Promise<{ answer: Answer; from: string }>

function createExchange(order: CallOrder): Exchange {
  const enter = createCallQueue(order === 'parallel' ? maxInFlight : 1)
  return async (id, args) => {
    const headers = tracking?.headers()
    const references = createTemporaryReferenceSet()
    // Before the call waits for a place: the caller may change the arguments afterwards.
    const encoding = encodeArguments(trimArguments(id, args).map(withoutReactFields), references)
    encoding.catch(ignore)
    const leave = await enter()
    let busy: Promise<unknown> = Promise.resolve()
    try {
      const { href } = shown.route
      const answer = await sendCall(id, { href, body: await encoding, references, headers })
      // A connection is free at the end of the answer; the next turn comes with its beginning.
      if (order === 'parallel') busy = answer.ended
      return { answer, from: href }
    } finally {
      void busy.then(leave)
    }
  }
}

/** Applies what a call's answer says about pages, before the caller gets the outcome. */
async function applyAnswer(answer: Answer, from: string, transition: object | null): Promise<void> {
  const { outcome, regions, dropped } = answer.payload
  const isRedirect = outcome?.kind === 'redirect'
  if (dropped || (regions && !isRedirect)) {
    invalidate(answer.made)
    forget(answer)
    if (!isRedirect) return applyRegions(answer, from, transition)
  }
  return isRedirect ? followRedirect(answer, outcome) : undefined
}

/** What was invalidated concerns the page that is there now, also when it is another one. */
async function applyRegions(
  answer: Answer,
  from: string,
  transition: object | null,
): Promise<void> {
  const { regions, route } = answer.payload
  if (regions && (await arrive(answer, againAt(from), transition))) {
    void loadDocument(from, 'replace')
  } else if (latest.route.href !== (route?.href ?? from)) void refetch()
  else await tracking?.freshen(answer, transition)
}

/** After hydration React's own fields are still in the form, and so in its data. */
function withoutReactFields(argument: unknown): unknown {
  if (!(argument instanceof FormData)) return argument
  const fields = new FormData()
  for (const [name, value] of argument) {
    if (!name.startsWith('$ACTION_')) fields.append(name, value)
  }
  return fields
}

function ignore(): void {}
