import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { OpenAnswers } from '../adapters/open-answers.ts'
import type { Lifecycle } from '../server/lifecycle.ts'

/** How long requests may take to finish once the process was asked to stop, in milliseconds. */
const patience = 30_000

type Parts = {
  app: Pick<Lifecycle, 'stop' | 'settled'>
  answers: OpenAnswers
}

/**
 * SIGTERM and SIGINT end the process once what runs has finished, the work of `after()` included:
 * no new connection is accepted, and each open one is closed behind its answer. What takes longer
 * than the patience is cut off. A second Ctrl-C ends it at once.
 */
export function drainOnSignal(server: Server, { app, answers }: Parts): void {
  let isStopping = false
  const closeBehind = (response: ServerResponse): void => {
    announceEnd(response)
    // The socket is idle only after this event has been handled.
    response.once('close', () => setImmediate(() => server.closeIdleConnections()))
  }
  const stop = (signal: NodeJS.Signals) => {
    if (isStopping && signal === 'SIGINT') process.exit(1)
    if (isStopping) return
    isStopping = true
    app.stop()
    answers.items().forEach(closeBehind)
    // First: whoever answers may have sent the head by the time that a later listener is called.
    server.prependListener('request', (_request: IncomingMessage, response: ServerResponse) =>
      closeBehind(response),
    )
    setTimeout(() => process.exit(0), patience).unref()
    server.close(() => void app.settled().then(() => process.exit(0)))
  }
  process.on('SIGTERM', stop).on('SIGINT', stop)
}

/** Nothing more is read from its connection: a client that knows sends nothing more. */
function announceEnd(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('connection', 'close')
}
