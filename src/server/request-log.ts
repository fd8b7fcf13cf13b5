import { randomBytes } from 'node:crypto'
import type { App } from './app.ts'
import type { ServerConfig } from './config.ts'
import { headerOf, type ServerRequest } from './exchange.ts'
import type { Log } from './log.ts'
import { isTrustedPeer } from './public-host.ts'
import { tellRequestError } from './request-error.ts'

/** Tells the requests of one process from those of another. */
const instance = randomBytes(4).toString('hex')
let requests = 0

/**
 * A log whose lines carry the id of a request: the one that a trusted proxy gave it as
 * `X-Request-Id`, or else one of our own. Most requests leave no line and never get one. The app is
 * told of the errors among them.
 */
export function requestLog(app: App, request: ServerRequest): Log {
  let id: string | null = null
  return (event) => {
    app.log(event, (id ??= givenId(request, app.config.server) ?? `${instance}-${++requests}`))
    if (event.kind === 'error') tellRequestError(app, request, event)
  }
}

function givenId(request: ServerRequest, config: ServerConfig): string | null {
  if (!isTrustedPeer(request, config)) return null
  const id = headerOf(request.headers, 'x-request-id') ?? ''
  return /^[\w.:-]{1,64}$/.test(id) ? id : null
}
