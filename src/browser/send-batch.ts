import { batchType, createFrameReader } from '../wire/batch-answer.ts'
import { type BatchedCall, encodeBatch } from '../wire/batch-request.ts'
import { ticketHeader } from '../wire/header.ts'
import type { Answer } from './answer.ts'
import { createPart, type Part } from './batch-part.ts'
import { applyAnswer, type Arrived } from './call.ts'
import { tick } from './clock.ts'
import type { Dispatch } from './dispatch.ts'
import { request } from './request.ts'

type Message = BatchedCall & { dispatch: Dispatch }

/**
 * Each arrival is an answer, or what refused the call; it rejects where the connection was lost
 * before. `ended` is fulfilled when the connection is free.
 */
export type SentBatch = {
  arrivals: Promise<Arrived | Response>[]
  ended: Promise<void>
  /** Whether the server has begun to answer. */
  hasBegun: () => boolean
}

/** Posts several calls as one request. */
export function sendBatch(href: string, messages: readonly Message[]): SentBatch {
  const sentAt = tick()
  const parts = messages.map(({ dispatch }) => createPart(dispatch.references, sentAt))
  let begun = false
  const begin = (): void => {
    begun = true
  }
  const receiving = receive(href, messages, { parts, begin })
  // What has not come by the end of the answer will not come.
  const ended = receiving.catch(() => {}).then(() => parts.forEach((part) => part.lose()))
  const arrivals = parts.map((part) => arrivalOf(part, parts, href))
  return { arrivals, ended, hasBegun: () => begun }
}

type Receiver = { parts: Part[]; begin: () => void }

async function receive(
  href: string,
  messages: readonly Message[],
  { parts, begin }: Receiver,
): Promise<void> {
  const { headers: own, body } = encodeBatch(messages)
  // Those of one tick come from one event, and are about the same.
  const headers = Object.assign({}, ...messages.map(({ dispatch }) => dispatch.headers), own)
  const response = await request(href, { method: 'POST', body, headers })
  begin()
  if (!(response instanceof Response)) return shareAnswer(response, parts)
  if (!response.headers.get('content-type')?.startsWith(batchType)) {
    for (const part of parts) part.settle(response.clone(), null)
    return
  }
  let redeemed: Promise<unknown> = Promise.resolve()
  const read = createFrameReader((frame) => {
    if (frame.kind !== 'ticket') return parts[frame.index]?.take(frame, redeemed)
    redeemed = redeem(href, new TextDecoder().decode(frame.bytes))
    // The answers that wait for it are lost with it.
    redeemed.catch(() => {})
  })
  const reader = (response.body as ReadableStream<Uint8Array>).getReader()
  try {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      read(piece.value)
    }
  } catch (error) {
    // What is no answer of ours is not read to its end.
    void reader.cancel().catch(() => {})
    throw error
  }
}

/** Something before the calls has answered for all of them, as middleware does by a redirect. */
async function shareAnswer(answer: Answer, parts: Part[]): Promise<void> {
  for (const [index, part] of parts.entries()) part.settle(answer, index === 0 ? null : 0)
  await answer.ended
}

/** Has the browser keep cookies that came too late for the head of the answer. */
async function redeem(href: string, ticket: string): Promise<void> {
  const init = { method: 'POST', headers: { [ticketHeader]: '1' }, body: ticket }
  const { status } = await fetch(href, init)
  if (status !== 204) throw new TypeError(href)
}

async function arrivalOf(part: Part, parts: Part[], from: string): Promise<Arrived | Response> {
  const answer = await part.root
  if (answer instanceof Response) return answer
  const carrier = part.pageOf === null ? undefined : parts[part.pageOf]
  if (carrier) {
    // Without its page the call is not answered.
    await carrier.root
    return { answer, from, apply: async () => void (await carrier.applied.promise) }
  }
  const apply: typeof applyAnswer = (...all) => {
    const applying = applyAnswer(...all)
    part.applied.resolve(applying.catch(() => {}))
    return applying
  }
  return { answer, from, apply }
}
