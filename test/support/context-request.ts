import type { ContextRequest, IncomingHeaders } from '../../src/context/request-context.ts'

/** A request that a context can be made for, from a client that stays. */
export function contextRequest(headers: IncomingHeaders = {}): ContextRequest {
  return { headers, signal: () => new AbortController().signal }
}
