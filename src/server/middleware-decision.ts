import type { IncomingHeaders } from '../context/request-context.ts'
import {
  answerHeaders,
  nextHeader,
  overriddenHeaders,
  rewriteHeader,
} from './middleware-headers.ts'
import { assertSendable } from './response-answer.ts'
import { parseTarget, type Target } from './target.ts'

/** What the response of middleware says. */
export type Decision = {
  /** For the answer, whatever that is. */
  headers: [string, string][]
} & (
  | {
      kind: 'next'
      /** With the base path; `null` where the target stays. */
      rewritten: Target | null
      /** All that the request has from there on; `null` for those that it has. */
      overridden: IncomingHeaders | null
    }
  | { kind: 'redirect'; location: string; status: number }
  | { kind: 'answer'; response: Response }
)

/** @throws TypeError for a header that cannot be sent, and for a rewrite to another site */
export function decisionOf(response: Response | null, from: { url: URL; file: string }): Decision {
  if (!response) return { kind: 'next', rewritten: null, overridden: null, headers: [] }
  const headers = answerHeaders(response.headers)
  for (const header of headers) assertSendable(header)
  const location = response.headers.get('location')
  if (location !== null && response.status >= 300 && response.status < 400) {
    const others = headers.filter(([name]) => name !== 'location')
    return { kind: 'redirect', location, status: response.status, headers: others }
  }
  const to = response.headers.get(rewriteHeader)
  if (to === null && !response.headers.has(nextHeader)) {
    return { kind: 'answer', response, headers: [] }
  }
  const rewritten = to === null ? null : rewrittenTarget(to, from)
  return { kind: 'next', rewritten, overridden: overriddenHeaders(response.headers), headers }
}

function rewrittenTarget(to: string, { url, file }: { url: URL; file: string }): Target {
  const next = new URL(to, url)
  const target = next.origin === url.origin ? parseTarget(next.pathname + next.search) : null
  if (target) return target
  throw new TypeError(
    `${file} rewrites ${url.pathname} to ${to}, which is no path of this app. ` +
      'Answer with a redirect, or fetch it in a route handler.',
  )
}
