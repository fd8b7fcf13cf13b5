import type { IncomingHeaders } from '../context/request-context.ts'

/**
 * How the response of middleware says what becomes of the request. Libraries copy such responses and
 * look into them, so these are the names that Next.js has. They are read from what middleware
 * returns, never from a request, and are not sent.
 */
export const nextHeader = 'x-middleware-next'
export const rewriteHeader = 'x-middleware-rewrite'
const overrideHeader = 'x-middleware-override-headers'
const valuePrefix = 'x-middleware-request-'
const ownPrefix = 'x-middleware-'

/** The headers by which a response says which headers the request has from there on. */
export function overrideHeaders(headers: Headers | undefined): [string, string][] {
  if (!headers) return []
  const names = [...headers.keys()]
  return [
    [overrideHeader, names.join(',')],
    ...[...headers].map(([name, value]): [string, string] => [valuePrefix + name, value]),
  ]
}

/** The counterpart of `overrideHeaders`; `null` where the request keeps the headers it has. */
export function overriddenHeaders(headers: Headers): IncomingHeaders | null {
  const names = headers.get(overrideHeader)
  if (names === null) return null
  return Object.fromEntries(
    names
      .split(',')
      .map((name) => name.trim().toLowerCase())
      .flatMap((name) => {
        const value = headers.get(valuePrefix + name)
        return name === '' || value === null ? [] : [[name, value]]
      }),
  )
}

/** The headers of a visitor's request, of which middleware may copy all into its response. */
export function askedHeaders(headers: IncomingHeaders): IncomingHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith(ownPrefix)))
}

/** The headers that are for the answer. */
export function answerHeaders(headers: Headers): [string, string][] {
  return [...headers].filter(([name]) => !name.startsWith(ownPrefix))
}
