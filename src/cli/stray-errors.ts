import type { EventEmitter } from 'node:events'
import type { Log } from '../server/log.ts'

/**
 * A promise that a server function left behind and that rejects, or a timer of it that throws, harms
 * nobody else: without a listener Node would end the process, and every other request with it.
 */
export function logStrayErrors(source: Pick<EventEmitter, 'on'>, log: Log): void {
  const logFrom = (where: string) => (error: unknown) => {
    log({ kind: 'error', error, digest: 'none', where })
  }
  source.on('unhandledRejection', logFrom('a promise that nobody awaits'))
  source.on('uncaughtException', logFrom('a callback outside of any request'))
}
