import { EventEmitter } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { compression, type Compressor } from './compress.ts'

/** In bytes: an answer that fits into one packet gains nothing by compression. */
const smallAnswer = 1400

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

  const open = (): Destination => {
    const compressed = compression(incoming, head.headers)
    sendHead(response, { ...head, headers: [...head.headers, ...compressed.headers] })
    const opened: Destination = compressed.start?.(response) ?? response
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
    if (length > smallAnswer) destination = open()
    return true
  }

  const end = (): void => {
    if (response.destroyed) return
    if (destination) return void destination.end()
    sendHead(response, {
      ...head,
      headers: [...head.headers, ['content-length', String(length)]],
    })
    // As a string, because Node sends one with the head in a single write; latin1 is bytes.
    response.end(Buffer.concat(early).toString('latin1'), 'latin1')
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

function flush(destination: Destination): void {
  if ('flush' in destination) destination.flush()
}

/** Sends status and headers, after those that a middleware has set on the response. */
export function sendHead(response: ServerResponse, { status, headers }: AnswerHead): void {
  response.writeHead(status, headers.flat())
}
