import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createActiveList } from '../server/active-list.ts'
import type { Lifecycle } from '../server/lifecycle.ts'

/** How long requests may take to finish once the process was asked to stop, in milliseconds. */
const patience = 30_000

/**
 * SIGTERM and SIGINT end the process once what runs has finished, the work of `after()` included:
 * no new connection is accepted, and each open one is closed behind its answer. What takes longer
 * than the patience is cut off. A second Ctrl-C ends it at once.
 */
export function drainOnSignal(server: Server, app: Pick<Lifecycle, 'stop' | 'settled'>): void {
  let isStopping = false
  const open = createActiveList<ServerResponse>()
  // First: whoever answers may have sent the head by the time that a later listener is called.
  server.prependListener('request', (_request: IncomingMessage, response: ServerResponse) => {
    const leave = open.add(response)
    if (isStopping) announceEnd(response)
    response.once('close', () => {
      leave()
      // The socket is idle only after this event has been handled.
      if (isStopping) setImmediate(() => server.closeIdleConnections())
    })
  })
  const stop = (signal: NodeJS.Signals) => {
    if (isStopping && signal === 'SIGINT') process.exit(1)
    if (isStopping) return
    isStopping = true
    app.stop()
    open.items().forEach(announceEnd)
    setTimeout(() => process.exit(0), patience).unref()
    server.close(() => void app.settled().then(() => process.exit(0)))
  }
  process.on('SIGTERM', stop).on('SIGINT', stop)
}

/** Nothing more is read from its connection: a client that knows sends nothing more. */
function announceEnd(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('connection', 'close')
}
