import type { EventEmitter } from 'node:events'
import type { Log } from '../server/log.ts'

/**
 * A promise that a server function left behind and that rejects harms nobody else: without a
 * listener Node would end the process, and every other request with it.
 */
export function logStrayRejections(source: Pick<EventEmitter, 'on'>, log: Log): void {
  source.on('unhandledRejection', (error: unknown) => {
    log({ kind: 'error', error, digest: 'none', where: 'a promise that nobody awaits' })
  })
}
