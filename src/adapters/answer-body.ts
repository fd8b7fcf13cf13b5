import { EventEmitter } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { compressor } from './compress.ts'

/** In bytes: an answer that fits into one packet gains nothing by compression. */
const smallAnswer = 1400

/** What React, and the HTML of a page, write to: Node's streams, and `flush` where they have one. */
type Destination = NodeJS.WritableStream & { flush?: () => void }

/**
 * Where the body of an answer is piped to. What is complete at once goes out in one piece with its
 * length; what is long or late is compressed as it comes, if the client takes that.
 *
 * It is no Node stream: what is written reaches the response in the same moment, and `flush`
 * cannot overtake it.
 */
export function createAnswerBody(
  incoming: IncomingMessage,
  response: ServerResponse,
): NodeJS.WritableStream {
  let early: Uint8Array[] = []
  let length = 0
  let destination: Destination | null = null

  const open = (): Destination => {
    const opened: Destination = compressor(incoming, response) ?? response
    for (const chunk of early) opened.write(chunk)
    early = []
    if (opened !== response) {
      for (const event of ['drain', 'error'])
        opened.on(event, (...args) => body.emit(event, ...args))
    }
    opened.flush?.()
    return opened
  }

  const write = (chunk: Uint8Array | string): boolean => {
    if (destination) return destination.write(chunk)
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk
    if (length === 0) setImmediate(() => response.writableEnded || (destination ??= open()))
    length += bytes.length
    early.push(bytes)
    if (length > smallAnswer) destination = open()
    return true
  }

  const end = (): void => {
    if (destination) return void destination.end()
    response.setHeader('content-length', length)
    response.end(early.length === 1 ? early[0] : Buffer.concat(early))
  }

  const body = Object.assign(new EventEmitter(), {
    writable: true,
    write,
    end,
    flush: () => destination?.flush?.(),
    destroy: (error?: Error) => response.destroy(error),
  })
  for (const event of ['drain', 'close', 'error']) {
    response.on(event, (...args: unknown[]) => body.emit(event, ...args))
  }
  return body as unknown as NodeJS.WritableStream
}
