import { decodeFlight } from '../flight/browser.ts'
import { decodeRefused, type Frame } from '../wire/batch-answer.ts'
import { type Answer, answerOf } from './answer.ts'
import { markOutdated } from './page.ts'

/** The answer to one call of a batch, as it comes in. */
export type Part = {
  /** The answer, or what refused the call. Rejects where the connection was lost before. */
  root: Promise<Answer | Response>
  /** The call whose answer has the page, if it is not this one. */
  pageOf: number | null
  /** Fulfilled when the page of the answer was given to React. */
  applied: PromiseWithResolvers<unknown>
  settle: (answer: Answer | Response, pageOf: number | null) => void
  /** `redeemed` is for the ticket that came before, and rejects where its cookies did not. */
  take: (frame: Frame, redeemed: Promise<unknown>) => void
  /** Nothing more will come. */
  lose: () => void
}

type Rows = ReadableStreamDefaultController<Uint8Array>

/** Of a request that left at `sentAt`, by a call with these temporary references. */
export function createPart(references: object, sentAt: number): Part {
  const { promise: root, resolve, reject } = Promise.withResolvers<Answer | Response>()
  /** `null` once they have ended. */
  let rows: Rows | null | undefined

  const decode = async (stream: ReadableStream, redeemed: Promise<unknown>): Promise<Answer> => {
    const payload = await decodeFlight<Answer['payload']>(stream, references)
    if (payload.outdated) markOutdated()
    const answer = answerOf(payload, sentAt)
    await redeemed
    return answer
  }
  const open = (redeemed: Promise<unknown>): Rows | null | undefined => {
    const start = (controller: Rows): void => {
      rows = controller
    }
    decode(new ReadableStream({ start }), redeemed).then(resolve, reject)
    return rows
  }
  // Whoever sent the call looks at it.
  root.catch(() => {})

  const part: Part = {
    root,
    pageOf: null,
    applied: Promise.withResolvers(),
    settle(answer, pageOf) {
      part.pageOf = pageOf
      resolve(answer)
    },
    take({ kind, bytes }, redeemed) {
      if (kind === 'rows') (rows ?? open(redeemed))?.enqueue(bytes)
      else if (kind === 'with') part.pageOf = bytes[0] ?? null
      else if (kind === 'refusal') resolve(refusalOf(bytes))
      else if (kind === 'broken') part.lose()
      else if (rows === undefined) part.lose()
      else {
        rows?.close()
        rows = null
      }
    },
    lose() {
      const lost = new TypeError('Lost')
      // What has ended may still be on its way through the decoder.
      if (rows === undefined) reject(lost)
      rows?.error(lost)
      rows = null
    },
  }
  return part
}

function refusalOf(bytes: Uint8Array): Response {
  const { status, text } = decodeRefused(bytes)
  return new Response(text, { status, headers: { 'content-type': 'text/plain' } })
}
