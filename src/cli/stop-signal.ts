import type { Server } from 'node:http'

/** How long requests may take to finish once the process was asked to stop, in milliseconds. */
const patience = 30_000

/**
 * SIGTERM and SIGINT end the process once what runs has finished: no new connection is accepted,
 * and each open one is closed behind its answer. A second Ctrl-C ends it at once.
 */
export function drainOnSignal(server: Server): void {
  let isStopping = false
  server.on('request', (_request, response) => {
    if (isStopping) response.setHeader('connection', 'close')
    response.once('close', () => {
      // The socket is idle only after this event has been handled.
      if (isStopping) setImmediate(() => server.closeIdleConnections())
    })
  })
  const stop = (signal: NodeJS.Signals) => {
    if (isStopping && signal === 'SIGINT') process.exit(1)
    if (isStopping) return
    isStopping = true
    setTimeout(() => server.closeAllConnections(), patience).unref()
    server.close(() => process.exit(0))
  }
  process.on('SIGTERM', stop).on('SIGINT', stop)
}
