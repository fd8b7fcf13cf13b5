import { randomUUID } from 'node:crypto'
import { isForNobody, type RequestContext } from '../context/request-context.ts'
import { decodeControlFlow } from '../wire/control-flow.ts'
import { abandoned } from './exchange.ts'
import type { ErrorSource, Log } from './log.ts'

const digests = new WeakMap<object, string>()

/** Digests of the app's own making are passed on as far as this. */
const maxDigestLength = 128

/**
 * Logs an error, once, and gives the digest under which the browser will know it. Redirects and
 * interruptions are not errors: their digest is what they ask for, and nothing is logged. Neither
 * is a rendering that was abandoned.
 */
export function reportError(error: unknown, log: Log, place: string | ErrorPlace): string {
  if (error === abandoned) return ''
  const known = digestOf(error)
  if (known !== null) return known
  const digest = ownDigest(error) ?? randomUUID().slice(0, 8)
  if (typeof error === 'object' && error !== null) digests.set(error, digest)
  const { where, ...source } = typeof place === 'string' ? { where: place } : place
  log({ kind: 'error', error, digest, where, ...(typeof place === 'string' ? {} : { source }) })
  return digest
}

/** Where an error was thrown: for the log, and for the app's `onRequestError`. */
export type ErrorPlace = { where: string } & ErrorSource

/** A page that is rendered in this context, for its visitor or to be kept. */
export function pagePlace(
  context: RequestContext,
  where: string,
  renderSource: ErrorPlace['renderSource'] = 'react-server-components',
): ErrorPlace {
  const reason = isForNobody(context) ? ({ revalidateReason: 'stale' } as const) : {}
  return { where, routeType: 'render', renderSource, ...reason }
}

/** A report that also tells whoever would keep what is rendered in this context. */
export function notingFailure(
  { dependencies }: Pick<RequestContext, 'dependencies'>,
  report: (error: unknown) => string,
): (error: unknown) => string {
  return (error) => {
    dependencies.hasFailed ||= error !== abandoned
    return report(error)
  }
}

export type DocumentReports = Record<'onPayloadError' | 'onHtmlError', (error: unknown) => string>

/**
 * Reports for the two renderers of a document. What was thrown in its payload reaches the HTML
 * renderer once more, as a copy with the same digest that is no news.
 */
export function documentReports(log: Log, place: ErrorPlace): DocumentReports {
  const inPayload = new Set<string>()
  return {
    onPayloadError(error) {
      const digest = reportError(error, log, place)
      inPayload.add(digest)
      return digest
    },
    onHtmlError(error) {
      const digest = ownDigest(error)
      if (digest !== null && inPayload.has(digest)) digests.set(error as object, digest)
      return reportError(error, log, { ...place, renderSource: 'server-rendering' })
    },
  }
}

function digestOf(error: unknown): string | null {
  if (typeof error !== 'object' || error === null) return null
  const known = digests.get(error)
  if (known !== undefined) return known
  const own = ownDigest(error)
  return own !== null && decodeControlFlow(own) ? own : null
}

function ownDigest(error: unknown): string | null {
  try {
    const { digest } = Object(error) as { digest?: unknown }
    if (typeof digest !== 'string' || digest === '') return null
    return decodeControlFlow(digest) ? digest : digest.slice(0, maxDigestLength)
  } catch {
    // Anything can be thrown, also what throws when it is looked at.
    return null
  }
}
