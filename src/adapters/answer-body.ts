import { EventEmitter } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { compression, type Compression, type Compressor } from './compress.ts'

/** In bytes: an answer that fits into one packet gains nothing by compression. */
const smallAnswer = 1400

/** In bytes: what is written at once and is no longer than this goes out in one piece. */
const maxEarly = 64 * 1024

/** Status and headers, which are sent with the first bytes of the body. */
export type AnswerHead = { status: number; headers: [name: string, value: string][] }

/** What React, and the HTML of a page, write to: Node's streams, and `flush` where they have one. */
type Destination = NodeJS.WritableStream | Compressor

/**
 * Where the body of an answer is piped to. What is complete at once goes out in one piece with its
 * length; what is long or late is compressed as it comes, if the client takes that.
 *
 * It is no Node stream: what is written reaches the response in the same moment, and `flush`
 * cannot overtake it. It never emits `close`, of which React would make an error: whoever serves
 * the answer stops its rendering when the client is gone.
 */
export function createAnswerBody(
  incoming: IncomingMessage,
  response: ServerResponse,
  head: AnswerHead,
): NodeJS.WritableStream {
  let early: Uint8Array[] = []
  let length = 0
  let destination: Destination | null = null
  let compressed: Compression | null = null

  const compress = (): Compression => (compressed ??= compression(incoming, head.headers))

  const open = (): Destination => {
    const { headers, start } = compress()
    sendHead(response, { ...head, headers: [...head.headers, ...headers] })
    const opened: Destination = start?.(response) ?? response
    opened.on('drain', () => body.emit('drain'))
    for (const chunk of early) opened.write(chunk)
    early = []
    flush(opened)
    return opened
  }

  const openUnlessDone = (): void => {
    if (!response.writableEnded && !response.destroyed) destination ??= open()
  }

  const write = (chunk: Uint8Array | string): boolean => {
    // The client is gone: the rendering has been told to stop.
    if (response.destroyed) return true
    if (destination) return destination.write(chunk)
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk
    if (length === 0) setImmediate(openUnlessDone)
    length += bytes.length
    early.push(bytes)
    if (length > maxEarly) destination = open()
    return true
  }

  const end = (): void => {
    if (response.destroyed) return
    if (!destination && length > smallAnswer && compress().start) destination = open()
    if (destination) return void destination.end()
    const bytes = Buffer.concat(early)
    if (length > smallAnswer) {
      const headers: AnswerHead['headers'] = [...head.headers, ...compress().headers]
      sendHead(response, { ...head, headers: [...headers, ['content-length', String(length)]] })
      response.end(bytes)
      return
    }
    // As a string, because Node sends one with the head in a single write; latin1 is bytes.
    sendWhole(response, head, { text: bytes.toString('latin1'), encoding: 'latin1', length })
  }

  const body = Object.assign(new EventEmitter(), {
    writable: true,
    write,
    end,
    flush: () => destination && flush(destination),
    destroy: (error?: Error) => response.destroy(error),
  })
  return body as unknown as NodeJS.WritableStream
}

/** An answer whose body is there as a text: what is long is compressed, if the client takes that. */
export function sendText(
  incoming: IncomingMessage,
  response: ServerResponse,
  { text, ...head }: AnswerHead & { text: string },
): void {
  const length = Buffer.byteLength(text)
  if (length <= smallAnswer) return sendWhole(response, head, { text, encoding: 'utf8', length })
  const body = createAnswerBody(incoming, response, head)
  body.write(text)
  body.end()
}

type Whole = { text: string; encoding: BufferEncoding; length: number }

function sendWhole(
  response: ServerResponse,
  { status, headers }: AnswerHead,
  { text, encoding, length }: Whole,
): void {
  sendHead(response, { status, headers: [...headers, ['content-length', String(length)]] })
  response.end(text, encoding)
}

function flush(destination: Destination): void {
  if ('flush' in destination) destination.flush()
}

/** Sends status and headers, after those that a middleware has set on the response. */
export function sendHead(response: ServerResponse, { status, headers }: AnswerHead): void {
  response.writeHead(status, headers.flat())
}
