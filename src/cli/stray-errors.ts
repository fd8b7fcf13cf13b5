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

/**
 * Nobody reads the log any more, as when its collector has ended. Writing to it fails, and to log
 * that failure would fail as well, without end.
 */
export function outliveLogs(streams: readonly Pick<EventEmitter, 'on'>[]): void {
  for (const stream of streams) stream.on('error', () => undefined)
}
