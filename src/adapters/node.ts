import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import type { Handler, ServerAnswer, ServerRequest } from '../server/exchange.ts'
import { createAnswerBody } from './answer-body.ts'
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
  return (request, response, next = (error) => response.destroy(asError(error))) => {
    serve(handler, request, response).catch(next)
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
  const abort = new AbortController()
  response.once('close', () => {
    if (!response.writableFinished) abort.abort()
  })
  const result = await handler(serverRequest(incoming, abort.signal))
  if (result.onFinish) response.once('close', result.onFinish)
  if (!incoming.complete) discardBody(incoming)
  send(result, incoming, response)
}

function serverRequest(incoming: IncomingMessage, signal: AbortSignal): ServerRequest {
  const isEncrypted = 'encrypted' in incoming.socket && incoming.socket.encrypted === true
  return {
    method: incoming.method ?? 'GET',
    target: incoming.url ?? '/',
    headers: incoming.headers,
    protocol: isEncrypted ? 'https' : 'http',
    remoteAddress: incoming.socket.remoteAddress,
    signal,
    text: (limit) => readText(incoming, limit),
    form: (options) => readForm(incoming, options),
    web: (url) => webRequest(incoming, url, signal),
  }
}

function send(answer: ServerAnswer, incoming: IncomingMessage, response: ServerResponse): void {
  const { status, headers, body } = answer
  response.statusCode = status
  for (const [name, value] of headers) response.appendHeader(name, value)
  if (body === null || incoming.method === 'HEAD') {
    if (body !== null && typeof body === 'object' && 'abort' in body) body.abort()
    response.end()
  } else if (typeof body === 'string') {
    response.end(body)
  } else if ('pipe' in body) {
    body.pipe(createAnswerBody(incoming, response))
  } else {
    Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]).pipe(response)
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
