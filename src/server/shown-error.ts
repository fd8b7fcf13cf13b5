import type { CallFailure } from '../wire/outcome.ts'
import type { App } from './app.ts'
import { reportError, type ErrorPlace } from './report-error.ts'

/** Logs an error, and gives what the browser may see of it: in production the digest alone. */
export function shownError(error: unknown, app: App, place: string | ErrorPlace): CallFailure {
  const digest = reportError(error, app.log, place)
  if (!app.isDevelopment) return { digest }
  if (!(error instanceof Error)) return { digest, message: String(error) }
  const { name, message, stack } = error
  return { digest, name, message, ...(stack === undefined ? {} : { stack }) }
}
