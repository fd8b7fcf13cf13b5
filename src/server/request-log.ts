import { randomBytes } from 'node:crypto'
import type { ServerConfig } from './config.ts'
import { headerOf, type ServerRequest } from './exchange.ts'
import type { Log } from './log.ts'
import { isTrustedPeer } from './public-host.ts'

/** Tells the requests of one process from those of another. */
const instance = randomBytes(4).toString('hex')
let requests = 0

/**
 * A log whose lines carry the id of a request: the one that a trusted proxy gave it as
 * `X-Request-Id`, or else one of our own. Most requests leave no line and never get one.
 */
export function requestLog(log: Log, request: ServerRequest, config: ServerConfig): Log {
  let id: string | null = null
  return (event) => log(event, (id ??= givenId(request, config) ?? `${instance}-${++requests}`))
}

function givenId(request: ServerRequest, config: ServerConfig): string | null {
  if (!isTrustedPeer(request, config)) return null
  const id = headerOf(request.headers, 'x-request-id') ?? ''
  return /^[\w.:-]{1,64}$/.test(id) ? id : null
}
