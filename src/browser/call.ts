import { trimArguments } from '../wire/reference.ts'
import type { Answer } from './answer.ts'
import { type Arrivals, type HistoryKind, replaced } from './arrive.ts'
import { StaleFunctionError } from './call-errors.ts'
import { createCallQueue } from './call-queue.ts'
import type { Navigation } from './navigate.ts'
import { unwrapOutcome } from './outcome.ts'
import type { Page } from './page.ts'
import type { SendCall } from './send-call.ts'

/** What React calls for the function that stands for a server function. */
export type CallServer = (id: string, args: readonly unknown[]) => Promise<unknown>

export type CallParts = Pick<Arrivals, 'arrive' | 'refetch'> &
  Pick<Navigation, 'redirect'> & {
    page: Page
    order: 'parallel' | 'serial'
    encode: (args: unknown[], references: object) => Promise<string | FormData>
    createReferences: () => object
    send: SendCall
    load: (href: string, kind: HistoryKind) => Promise<never>
  }

export function createCallServer(parts: CallParts): CallServer {
  const { page } = parts
  const exchange = createExchange(parts)
  return async (id, args) => {
    const exchanging = exchange(id, args)
    const arrival = exchanging.then(ignore, ignore)
    page.calls.add(arrival)
    try {
      const { answer, from } = await exchanging
      page.calls.delete(arrival)
      await applyAnswer(parts, answer, from)
      return unwrapOutcome(answer.payload.outcome)
    } catch (error) {
      // The functions of this build are gone, so its pages may be too.
      if (error instanceof StaleFunctionError) page.outdated = true
      throw error
    } finally {
      page.calls.delete(arrival)
    }
  }
}

type Exchange = (
  id: string,
  args: readonly unknown[],
) => Promise<{ answer: Answer; /** The page that the call was made from. */ from: string }>

/** Browsers open six connections to a server, and a navigation must always find one. */
const maxInFlight = 5

function createExchange({ page, order, encode, createReferences, send }: CallParts): Exchange {
  const enter = createCallQueue(order === 'serial' ? 1 : maxInFlight)
  return async (id, args) => {
    const references = createReferences()
    // Before the call waits for a place: the caller may change the arguments afterwards.
    const encoding = encode(trimArguments(id, args).map(withoutReactFields), references)
    encoding.catch(ignore)
    const leave = await enter()
    let busy: Promise<unknown> = Promise.resolve()
    try {
      const from = page.shown().route.href
      const answer = await send({ id, href: from, body: await encoding, references })
      // A connection is free at the end of the answer; the next turn comes with its beginning.
      if (order === 'parallel') busy = answer.ended
      return { answer, from }
    } finally {
      void busy.then(leave)
    }
  }
}

/** Applies what a call's answer says about pages, before the caller gets the outcome. */
async function applyAnswer(parts: CallParts, answer: Answer, from: string): Promise<void> {
  const { page, redirect } = parts
  const { outcome, regions, dropped, outdated } = answer.payload
  if (outdated) page.outdated = true
  if (dropped) page.memory.drop(dropped)
  if (outcome?.kind === 'redirect') {
    if (dropped) page.invalidate(answer)
    await redirect(answer, outcome.to, outcome.history)
  } else if (regions || dropped) {
    page.invalidate(answer)
    await applyRegions(parts, answer, from)
  }
}

/** What was invalidated concerns the page that is there now, also when it is another one. */
async function applyRegions(parts: CallParts, answer: Answer, from: string): Promise<void> {
  const { page, arrive, refetch, load } = parts
  const isWanted = () => page.latest().route.href === from
  if (!isWanted()) return void refetch()
  if (!answer.payload.regions) return
  const arrived = await arrive(answer, { isWanted, entryOf: (to) => replaced(from, to) })
  if (arrived === 'unwanted') void refetch()
  if (arrived === 'foreign') void load(from, 'replace')
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
