import { PassThrough, Readable } from 'node:stream'
import { gunzipSync } from 'node:zlib'
import { encodeReply } from '@vitejs/plugin-rsc/vendor/react-server-dom/client.node'
import type { ReactNode } from 'react'
import {
  type Handler,
  type ServerAnswer,
  type ServerRequest,
  webHeaders,
} from '../../src/server/exchange.ts'
import { Refusal } from '../../src/server/refusal.ts'
import type { DocumentPayload } from '../../src/wire/payload.ts'
import { textBody } from './html-stand-in.ts'
import { readPayload } from './read-payload.ts'

export type Sent = {
  method?: string
  headers?: Record<string, string>
  body?: string | FormData
  signal?: AbortSignal
}

/** A request as an adapter would have made it. */
export function serverRequest(target: string, sent: Sent = {}): ServerRequest {
  const { method = 'GET', body = '' } = sent
  const headers = { host: 'app.example', ...typeOf(body), ...sent.headers }
  return {
    method,
    target,
    headers,
    protocol: 'http',
    remoteAddress: '127.0.0.1',
    signal: () => sent.signal ?? new AbortController().signal,
    async bytes(limit) {
      if (typeof body !== 'string') throw new TypeError('Send text')
      if (body.length > limit) throw new Refusal('too-large', 'test')
      return Buffer.from(body)
    },
    async text(limit) {
      const text = typeof body === 'string' ? body : ''
      if (text.length > limit) throw new Refusal('too-large', 'test')
      return text
    },
    async form({ onField, onSize }) {
      const form = new FormData()
      onSize?.(body instanceof FormData ? sizeOf(body) : body.length)
      for (const [name, value] of body instanceof FormData ? body : []) {
        if (typeof value === 'string') onField?.(name, value)
        form.append(name, value)
      }
      return form
    },
    web(url) {
      const init = { method, headers: webHeaders(this.headers) }
      return new Request(url, method === 'POST' ? { ...init, body } : init)
    },
  }
}

/** Without what multipart adds. */
function sizeOf(form: FormData): number {
  const sizes = Array.from(form.values(), (value) =>
    typeof value === 'string' ? value.length : value.size,
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}

function typeOf(body: string | FormData): Record<string, string> {
  return { 'content-type': body instanceof FormData ? 'multipart/form-data' : 'text/plain' }
}

export type Answer = { status: number; headers: Headers; answer: ServerAnswer }
export type PayloadAnswer = Answer & { payload: DocumentPayload<ReactNode> }

/** Sends a request whose answer is text: HTML, a refusal, a redirect. */
export async function send(
  handler: Handler,
  target: string,
  sent?: Sent,
): Promise<Answer & { text: string }> {
  const answer = await handler(serverRequest(target, sent))
  const { body } = answer
  let text = ''
  if (typeof body === 'string') text = body
  else if (body && 'pipe' in body) text = await textBody(body)
  else if (body instanceof Uint8Array) text = textOfBytes(answer, body)
  else if (body) text = await new Response(body).text()
  answer.onFinish?.()
  return { status: answer.status, headers: new Headers(answer.headers), answer, text }
}

/** Of an answer that comes as bytes: compressed, if it says so. */
function textOfBytes({ headers }: ServerAnswer, body: Uint8Array): string {
  const isCompressed = headers.some(([name]) => name === 'content-encoding')
  return (isCompressed ? gunzipSync(body) : Buffer.from(body)).toString()
}

/** Sends a request whose answer is a payload, and reads it to its end. */
export async function sendForPayload(
  handler: Handler,
  target: string,
  sent?: Sent,
): Promise<PayloadAnswer> {
  const answer = await handler(serverRequest(target, sent))
  const { status, body } = answer
  if (!body || body instanceof ReadableStream) {
    throw new Error(`Not a payload but ${status} ${JSON.stringify(body)}`)
  }
  const isStream = typeof body === 'object' && 'pipe' in body
  const stream = isStream ? body.pipe(new PassThrough()) : Readable.from([Buffer.from(body)])
  const payload = await readPayload(stream as Readable)
  answer.onFinish?.()
  return { status, headers: new Headers(answer.headers), answer, payload }
}

/** A call as the browser's runtime sends it, from a page at `/` unless `options` say otherwise. */
export async function call(
  handler: Handler,
  id: string,
  options: { args?: unknown[]; target?: string; headers?: Record<string, string> } = {},
): Promise<PayloadAnswer> {
  const { args = [], target = '/', headers } = options
  return sendForPayload(handler, target, await callOf(id, args, headers))
}

export async function callOf(
  id: string,
  args: unknown[],
  headers: Record<string, string> = {},
): Promise<Sent> {
  return {
    method: 'POST',
    headers: { 'volley-call': id, ...headers },
    body: await encodeReply(args),
  }
}
