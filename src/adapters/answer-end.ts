import type { IncomingMessage, ServerResponse } from 'node:http'

/**
 * Calls the listener once, when an answer was sent or its client has left. Node 22 emits no `close` of
 * an answer that waits behind another one of its connection, but always that of its request.
 */
export function onceEnded(
  incoming: IncomingMessage,
  response: ServerResponse,
  listener: () => void,
): void {
  let hasEnded = false
  const end = (): void => {
    if (hasEnded) return
    hasEnded = true
    listener()
  }
  response.once('close', end)
  incoming.once('close', () => {
    if (incoming.socket.destroyed) end()
  })
}
