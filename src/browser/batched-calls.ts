import { canBeBatched, type BatchedCall, splitCalls } from '../wire/batch-request.ts'
import { NetworkError } from './call-errors.ts'
import { type CallQueue, createCallQueue } from './call-queue.ts'
import { type Arrived, type Exchange, exchangeAlone, maxInFlight } from './call.ts'
import { type Dispatch, dispatchOf } from './dispatch.ts'
import { shown } from './page.ts'
import { sendBatch } from './send-batch.ts'
import { refusalOf, retryDelay } from './send-call.ts'

/** A call that waits for the end of its tick. */
type Gathered = {
  dispatch: Dispatch
  body: string | FormData | null
  arrive: (arriving: Promise<Arrived>) => void
}

type Ready = Gathered & BatchedCall

/**
 * Sends the calls of one tick together: those that code makes at once, as the handlers of a click do,
 * and promises that are settled by then. What is not text at its end, as a file, goes by itself.
 */
export function createBatchedExchange(): Exchange {
  const enter = createCallQueue(maxInFlight)
  let gathered: Gathered[] = []

  const send = (): void => {
    const calls = gathered
    gathered = []
    const alone = calls.filter((call) => !isReady(call))
    const batches = splitCalls(calls.flatMap((call) => (isReady(call) ? [readyCall(call)] : [])))
    for (const call of alone) call.arrive(exchangeAlone(call.dispatch, enter, 'parallel'))
    for (const batch of batches) void exchangeTogether(batch, enter)
  }

  return (id, args) =>
    new Promise((arrive) => {
      const call: Gathered = { dispatch: dispatchOf(id, args), body: null, arrive }
      const note = (body: string | FormData): void => {
        call.body = body
      }
      // Whoever sends the call is told of a failure.
      call.dispatch.encoding.then(note, () => {})
      if (gathered.push(call) === 1) void tickEnd(gathered).then(send)
    })
}

function isReady({ dispatch, body }: Gathered): boolean {
  return typeof body === 'string' && canBeBatched(dispatch.id)
}

function readyCall(call: Gathered): Ready {
  const { id, key } = call.dispatch
  return { ...call, id, key, body: call.body as string }
}

async function exchangeTogether(batch: readonly Ready[], enter: CallQueue): Promise<void> {
  const [first] = batch
  if (batch.length === 1) return first?.arrive(exchangeAlone(first.dispatch, enter, 'parallel'))
  const leave = await enter()
  const { arrivals, ended, hasBegun } = sendBatch(shown.route.href, batch)
  batch.forEach((call, index) => {
    const arriving = arrivals[index]?.catch((cause: unknown) =>
      pauseUnless(hasBegun(), call, cause),
    )
    call.arrive(arrivalOf(call, arriving, enter))
  })
  void ended.then(leave)
}

/**
 * What got no answer is asked for again, each call by itself: the server knows what has run, as long as
 * the browser has no cookies by now that other calls have set.
 */
async function arrivalOf(
  { dispatch }: Ready,
  arriving: Promise<Arrived | Response | undefined> | undefined,
  enter: CallQueue,
): Promise<Arrived> {
  const arrived = await arriving
  if (arrived instanceof Response) throw await refusalOf(dispatch.id, arrived)
  return arrived ?? exchangeAlone(dispatch, enter, 'parallel')
}

/** @throws NetworkError where the answer has begun: its cookies may make this another visitor */
function pauseUnless(hasBegun: boolean, { dispatch }: Ready, cause: unknown): Promise<undefined> {
  if (hasBegun) {
    throw new NetworkError(`${dispatch.id} lost its answer: check what it did.`, { cause })
  }
  return new Promise((resolve) => setTimeout(resolve, retryDelay, undefined))
}

/** Microtasks in a row that bring no further call end a tick. */
const quietTurns = 8

/** Not the end of the task: after a click the browser draws a frame before the next one begins. */
async function tickEnd(calls: readonly Gathered[]): Promise<void> {
  let seen = calls.length
  for (let turns = quietTurns; turns > 0; turns--) {
    await Promise.resolve()
    if (calls.length > seen) turns = quietTurns
    seen = calls.length
  }
}
