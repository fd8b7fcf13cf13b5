import { formatCookieHeader, parseCookieHeader, parseSetCookie } from '../context/cookie-header.ts'
import { isExpired } from '../context/cookies.ts'
import type { IncomingHeaders } from '../context/request-context.ts'
import { headerOf, type ServerRequest } from './exchange.ts'

/** A request for a page that nobody has sent: what a redirect leads to is asked for like this. */
export function pageRequest(request: ServerRequest, headers: IncomingHeaders): ServerRequest {
  const empty = new Uint8Array()
  return {
    ...request,
    method: 'GET',
    headers,
    bytes: async () => empty,
    text: async () => '',
    form: async () => new FormData(),
  }
}

/** Headers in which the cookies are as those of an answer would leave them. */
function withCookies(
  headers: IncomingHeaders,
  answered: readonly [string, string][],
): IncomingHeaders {
  const lines = answered.flatMap(([name, line]) => (name === 'set-cookie' ? [line] : []))
  if (lines.length === 0) return headers
  const sent = headers['cookie']
  const values = parseCookieHeader([sent ?? []].flat().join('; '))
  // As a browser reads them: nothing that a line says is an error.
  for (const cookie of lines.map(parseSetCookie)) {
    const { name, value } = cookie
    if (isExpired(cookie)) values.delete(name)
    else if (name !== '') values.set(name, value)
  }
  return { ...headers, cookie: formatCookieHeader(values) }
}

/** The request that middleware has let pass. `overridden` are all headers that it has from there on. */
export function passedRequest(
  request: ServerRequest,
  answered: readonly [string, string][],
  overridden: IncomingHeaders | null,
): ServerRequest {
  const headers = withCookies(overridden ?? request.headers, answered)
  const nonce = nonceOf(policyOf(answered, overridden))
  return { ...request, headers, ...(nonce === undefined ? {} : { nonce }) }
}

/** The nonce of a content security policy; what could end an attribute is none. */
function nonceOf(policy: string | undefined): string | undefined {
  return /'nonce-([\w+/=-]+)'/.exec(policy ?? '')?.[1]
}

/** What the nonce is taken from: the policy for the answer, or the one that the request was given. */
function policyOf(
  answered: readonly [string, string][],
  overridden: IncomingHeaders | null,
): string | undefined {
  const name = 'content-security-policy'
  // Of two with one name the last is sent.
  const own = answered.findLast(([key]) => key === name)?.[1]
  return own ?? (overridden ? headerOf(overridden, name) : undefined)
}
