import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import type { Handler, ServerAnswer, ServerRequest } from '../server/exchange.ts'
import { createAnswerBody, sendHead } from './answer-body.ts'
import { discardBody } from './discard-body.ts'
import { readForm, readText } from './read-body.ts'

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
  let finish: (() => void) | undefined
  response.on('close', () => {
    if (!response.writableEnded) clientIsGone()
    finish?.()
  })
  // Writing to a client that is gone is no error of ours; `close` follows.
  response.on('error', () => undefined)
  const answer = await handler(request)
  finish = answer.onFinish
  if (!incoming.complete) discardBody(incoming)
  send(answer, incoming, response)
}

type Incoming = { request: ServerRequest; clientIsGone: () => void }

/** The signal is made when somebody asks for it: most calls end before anyone does. */
function serverRequest(incoming: IncomingMessage): Incoming {
  let abort: AbortController | null = null
  const signal = (): AbortSignal => (abort ??= new AbortController()).signal
  const isEncrypted = 'encrypted' in incoming.socket && incoming.socket.encrypted === true
  const request: ServerRequest = {
    method: incoming.method ?? 'GET',
    target: incoming.url ?? '/',
    headers: incoming.headers,
    protocol: isEncrypted ? 'https' : 'http',
    remoteAddress: incoming.socket.remoteAddress,
    get signal() {
      return signal()
    },
    text: (limit) => readText(incoming, limit),
    form: (options) => readForm(incoming, options),
    web: (url) => webRequest(incoming, url, signal()),
  }
  return { request, clientIsGone: () => abort?.abort() }
}

function send(answer: ServerAnswer, incoming: IncomingMessage, response: ServerResponse): void {
  const { body } = answer
  const isStream = typeof body === 'object' && body !== null
  if (isStream && 'pipe' in body && incoming.method !== 'HEAD') {
    body.pipe(createAnswerBody(incoming, response, answer))
    return
  }
  sendHead(response, answer)
  if (incoming.method === 'HEAD') {
    if (isStream && 'abort' in body) body.abort()
    response.end()
  } else if (isStream && 'getReader' in body) {
    Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]).pipe(response)
  } else {
    response.end(body ?? '')
  }
}

function webRequest(incoming: IncomingMessage, url: URL, signal: AbortSignal): Request {
  const headers = new Headers()
  for (const [name, value] of Object.entries(incoming.headers)) {
    for (const item of [value ?? []].flat()) headers.append(name, item)
  }
  const method = incoming.method ?? 'GET'
  const hasBody = method !== 'GET' && method !== 'HEAD'
  // Node's types of web streams are its own, and `duplex` is not in the DOM's.
  const body = hasBody ? (Readable.toWeb(incoming) as unknown as ReadableStream) : null
  const init: RequestInit & { duplex: 'half' } = { method, headers, signal, body, duplex: 'half' }
  return new Request(url, init)
}
