import type { ServerAnswer } from './exchange.ts'
import type { Log } from './log.ts'
import { reportError } from './report-error.ts'

/** Where there is no boundary to show an error: a text that says nothing of it. */
export function errorAnswer(error: unknown, log: Log, where: string): ServerAnswer {
  reportError(error, log, where)
  return {
    status: 500,
    headers: [
      ['content-type', 'text/plain; charset=utf-8'],
      ['cache-control', 'no-store'],
    ],
    body: 'Internal Server Error',
  }
}
