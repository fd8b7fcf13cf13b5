import type { IncomingMessage } from 'node:http'

/** In bytes and milliseconds: beyond, a sender that was refused is cut off. */
const patience = { bytes: 4 * 1024 * 1024, time: 2_000 }

/**
 * Reads the rest of a body that nobody wants. A connection that is closed while its client still
 * sends is reset, and the client never sees the answer that says why.
 */
export function discardBody(incoming: IncomingMessage): void {
  let length = 0
  const cutOff = (): void => {
    incoming.socket.destroy()
  }
  const timer = setTimeout(cutOff, patience.time)
  timer.unref()
  incoming.once('close', () => clearTimeout(timer))
  incoming.on('data', (chunk: Buffer) => {
    length += chunk.length
    if (length > patience.bytes) cutOff()
  })
  incoming.resume()
}
