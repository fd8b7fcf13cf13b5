import { batchType } from '../wire/batch-answer.ts'
import { decodeBodies, maxBatchSize } from '../wire/batch-request.ts'
import { callHeader, keyHeader } from '../wire/header.ts'
import type { App } from './app.ts'
import { type BatchedAnswer, batchBody } from './batch-body.ts'
import { type BatchPage, createBatchPage } from './batch-page.ts'
import { answerCall, type ReceivedCall } from './call.ts'
import { earlierPages } from './earlier-pages.ts'
import type { ServerAnswer, ServerRequest } from './exchange.ts'
import { failureAnswer } from './failure-answer.ts'
import { refuseStale, requireSize } from './guard.ts'
import type { NamedCall } from './guard-batch.ts'
import { privateHeaders } from './payload-answer.ts'
import { Refusal } from './refusal.ts'
import type { SettledCall } from './settled-call.ts'
import type { Target } from './target.ts'

export type ReceivedBatch = {
  app: App
  request: ServerRequest
  target: Target
  batch: readonly NamedCall[]
}

/**
 * Calls of one tick, which have passed the guard: each is a call of its own, with a request and a
 * context of its own, and its answer is sent when it is there. All that they share is the page.
 */
export async function answerBatch(received: ReceivedBatch): Promise<ServerAnswer> {
  const { app, request, batch } = received
  const bodies = decodeBodies(await request.text(maxBatchSize), batch.length)
  if (!bodies) throw new Refusal('bad-request', `Not the arguments of ${batch.length} calls`)
  const page = createBatchPage(batch.length)
  const earlier = earlierPages(app, request)
  const answers = batch.map((named, index) =>
    answerNamed({ ...received, earlier }, page, { named, index, body: bodies[index] ?? '' }),
  )
  app.lifecycle.track(Promise.all(answers).then(() => undefined))
  await Promise.race(answers)
  // What ends in the same turn is in time for the head.
  await new Promise((resolve) => setImmediate(resolve))
  const headers = page.takeHeaders()
  return {
    status: 200,
    headers: [['content-type', batchType], ...privateHeaders, ...headers],
    body: batchBody(answers, () => ticketFor(app, page)),
    onFinish() {
      for (const answering of answers) void answering.then(({ answer }) => answer.onFinish?.())
    },
  }
}

type OneOfBatch = { named: NamedCall; index: number; body: string }

/** It never rejects. */
async function answerNamed(
  { app, request, target, earlier }: ReceivedBatch & Pick<Required<ReceivedCall>, 'earlier'>,
  page: BatchPage,
  { named, index, body }: OneOfBatch,
): Promise<BatchedAnswer> {
  const own = ownRequest(request, named, body)
  try {
    const call = named.call ?? refuseStale()
    requireSize(Buffer.byteLength(body), call.limit)
    const settle = (settled: SettledCall) => page.settle(index, settled)
    const answer = await answerCall({ app, request: own, target, call, earlier, settle })
    return { answer, ...page.placeOf(index) }
  } catch (error) {
    page.leave(index)
    return { answer: failureAnswer(app, own, error), hasUi: false, pageOf: null }
  }
}

/** The request as it would have been if the call had come alone. */
function ownRequest(request: ServerRequest, { id, key }: NamedCall, body: string): ServerRequest {
  const headers = { ...request.headers, [callHeader]: id, [keyHeader]: key }
  return { ...request, headers, text: async () => body }
}

/** Headers other than cookies are too late by now. */
function ticketFor({ tickets }: App, page: BatchPage): string | null {
  const lines = page.takeHeaders().flatMap(([name, line]) => (name === 'set-cookie' ? [line] : []))
  return tickets && lines.length > 0 ? tickets.issue(lines) : null
}
