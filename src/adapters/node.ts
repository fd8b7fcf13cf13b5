import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline, Readable } from 'node:stream'
import {
  abandoned,
  type Handler,
  type ServerAnswer,
  type ServerRequest,
  webHeaders,
} from '../server/exchange.ts'
import { onceEnded } from './answer-end.ts'
import { createAnswerBody, sendHead, sendText } from './answer-body.ts'
import { discardBody } from './discard-body.ts'
import { readBytes, readForm, readText } from './read-body.ts'

/** Serves one request; `next` takes what the handler itself cannot answer: an error of Volley's. */
export type NodeListener = (
  request: IncomingMessage,
  response: ServerResponse,
  next?: (error: unknown) => void,
) => void

/** Serves a handler by `node:http`, and by whatever has its two arguments: Express, Vite, Fastify. */
export function createNodeListener(handler: Handler): NodeListener {
  return (request, response, fail = (error) => response.destroy(asError(error))) => {
    serve(handler, request, response).catch(fail)
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error))
}

async function serve(
  handler: Handler,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { request, clientIsGone } = serverRequest(incoming)
  let answer: ServerAnswer | null = null
  onceEnded(incoming, response, () => {
    if (!response.writableEnded) {
      clientIsGone()
      if (answer) abandon(answer)
    }
    answer?.onFinish?.()
  })
  // Writing to a client that is gone is no error of ours; `close` follows.
  response.on('error', () => undefined)
  answer = await handler(request)
  if (response.destroyed) {
    abandon(answer)
    answer.onFinish?.()
    return
  }
  // A body that is a stream may be made of what is still being received.
  if (!incoming.complete && !isWebStream(answer.body)) discardBody(incoming)
  send(answer, incoming, response)
}

/** Stops what renders an answer that nobody gets. */
function abandon({ body }: ServerAnswer): void {
  if (isWebStream(body)) {
    // A stream that is being sent is locked: it stops with the response.
    if (!body.locked) body.cancel(abandoned).catch(() => undefined)
  } else if (typeof body === 'object' && body && 'abort' in body) {
    body.abort(abandoned)
  }
}

function isWebStream(body: ServerAnswer['body']): body is ReadableStream<Uint8Array> {
  return typeof body === 'object' && body !== null && 'getReader' in body
}

type Incoming = { request: ServerRequest; clientIsGone: () => void }

/** The signal is made when somebody asks for it: most calls end before anyone does. */
function serverRequest(incoming: IncomingMessage): Incoming {
  let abort: AbortController | null = null
  let isGone = false
  const signal = (): AbortSignal => {
    abort ??= new AbortController()
    if (isGone) abort.abort()
    return abort.signal
  }
  const clientIsGone = (): void => {
    isGone = true
    abort?.abort()
  }
  let received: Promise<Buffer> | null = null
  const source = (): Readable => (received ? Readable.from(pieces(received)) : incoming)
  const isEncrypted = 'encrypted' in incoming.socket && incoming.socket.encrypted === true
  const request: ServerRequest = {
    method: incoming.method ?? 'GET',
    target: incoming.url ?? '/',
    headers: incoming.headers,
    protocol: isEncrypted ? 'https' : 'http',
    remoteAddress: incoming.socket.remoteAddress,
    signal,
    // Read once, also where that fails: what is left of a body is another body.
    bytes: (limit) => (received ??= readBytes(incoming, limit)),
    text: (limit) => readText(source(), limit),
    form: (options) => readForm({ source: source(), headers: incoming.headers }, options),
    web(url) {
      const { method, headers } = this
      return webRequest({ url, method, headers, source: source(), signal: signal() })
    },
  }
  return { request, clientIsGone }
}

async function* pieces(received: Promise<Buffer>): AsyncGenerator<Buffer> {
  yield await received
}

function send(answer: ServerAnswer, incoming: IncomingMessage, response: ServerResponse): void {
  const { body } = answer
  if (incoming.method === 'HEAD') {
    abandon(answer)
    sendHead(response, answer)
    response.end()
  } else if (isWebStream(body)) {
    sendHead(response, answer)
    const source = Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0])
    pipeline(source, response, (error) => {
      if (error && error.code !== clientLeft) answer.onBodyError?.(error)
      if (!incoming.complete) discardBody(incoming)
    })
  } else if (body instanceof Uint8Array) {
    sendHead(response, { ...answer, headers: [...answer.headers, lengthOf(body)] })
    response.end(body)
  } else if (typeof body === 'object' && body) {
    body.pipe(createAnswerBody(incoming, response, answer))
  } else {
    sendText(incoming, response, { ...answer, text: body ?? '' })
  }
}

function lengthOf({ byteLength }: Uint8Array): [string, string] {
  return ['content-length', String(byteLength)]
}

/** Node's code for a destination that was closed before its source had ended. */
const clientLeft = 'ERR_STREAM_PREMATURE_CLOSE'

type WebRequest = Pick<ServerRequest, 'method' | 'headers'> & {
  url: URL
  signal: AbortSignal
  source: Readable
}

function webRequest({ url, method, headers, signal, source }: WebRequest): Request {
  const hasBody = method !== 'GET' && method !== 'HEAD'
  // Node's types of web streams are its own, and `duplex` is not in the DOM's.
  const body = hasBody ? (Readable.toWeb(source) as unknown as ReadableStream) : null
  const init: RequestInit & { duplex: 'half' } = {
    method,
    headers: webHeaders(headers),
    signal,
    body,
    duplex: 'half',
  }
  return new Request(url, init)
}
