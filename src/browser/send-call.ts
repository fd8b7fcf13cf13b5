import { buildHeader, callHeader, payloadType } from '../wire/header.ts'
import { decodeRefusal } from '../wire/refusal.ts'
import { type Answer, type Decode, isPayload, readAnswer, tick } from './answer.ts'
import type { HistoryKind } from './arrive.ts'
import {
  CallRefusedError,
  CallTimeoutError,
  NetworkError,
  StaleFunctionError,
} from './call-errors.ts'
import { followedRedirect } from './outcome.ts'

export type SendCallParts = {
  build: string
  decode: Decode
  fetch: typeof fetch
  load: (href: string, kind: HistoryKind) => Promise<never>
}

export type CallMessage = {
  id: string
  /** The page that the call is made from. */
  href: string
  body: string | FormData
  /** What the arguments could not carry and the answer may refer to. */
  references: object
}

export type SendCall = (message: CallMessage) => Promise<Answer>

/** Posts calls. Whatever is no answer of a server function becomes an error that says so. */
export function createSendCall({ build, decode, fetch, load }: SendCallParts): SendCall {
  return async ({ id, href, body, references }) => {
    const headers = { accept: payloadType, [callHeader]: id, [buildHeader]: build }
    const sentAt = tick()
    const lost = (cause: unknown): never => {
      throw new NetworkError(id, cause)
    }
    const response = await fetch(href, { method: 'POST', headers, body }).catch(lost)
    if (isPayload(response)) {
      return readAnswer(response, sentAt, (stream) => decode(stream, references)).catch(lost)
    }
    const type = response.headers.get('content-type') ?? 'no content type'
    if (response.ok && response.redirected) {
      // Something before the server function sent the browser to another page.
      void load(response.url, 'push')
      throw followedRedirect({ to: response.url, history: 'push' })
    }
    throw refusedBy(
      id,
      response.status,
      type.startsWith('text/plain') ? await response.text() : type,
    )
  }
}

/** `text` is the body of a plain text, and the content type of anything else. */
function refusedBy(id: string, status: number, text: string): Error {
  const code = decodeRefusal(text)
  if (code === 'stale') return new StaleFunctionError(id)
  if (code) return new CallRefusedError(id, code)
  if (status === 504) return new CallTimeoutError(id)
  if (status >= 400 && !/^[\w.+-]+\/[\w.+-]+/.test(text)) return new Error(text)
  return new Error(
    `The answer to the call of ${JSON.stringify(id)} is not Volley's: status ${status}, ${text}. ` +
      'Look for a proxy or a middleware that answers in its place.',
  )
}
