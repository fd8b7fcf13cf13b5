import { encodeRefusal, refusals, type RefusalCode } from '../wire/refusal.ts'
import type { ServerAnswer } from './exchange.ts'

/** A request that gets a fixed answer because no user code may see it. `reason` is for the log. */
export class Refusal extends Error {
  override name = 'Refusal'
  readonly code: RefusalCode
  readonly headers: [string, string][]
  /** Whether it is one of many that a line in the log already speaks of. */
  readonly isQuiet: boolean

  constructor(code: RefusalCode, reason: string, options: RefusalOptions = {}) {
    super(reason)
    this.code = code
    this.headers = options.headers ?? []
    this.isQuiet = options.isQuiet ?? false
  }
}

export type RefusalOptions = { headers?: [string, string][]; isQuiet?: boolean }

/**
 * By its name: an adapter runs outside the bundle that the handler is part of, so each of them has
 * a class of its own.
 */
export function isRefusal(error: unknown): error is Refusal {
  return error instanceof Error && error.name === 'Refusal'
}

/** The same bytes for every request that is refused for the same reason. */
export function refusalAnswer({ code, headers }: Refusal): ServerAnswer {
  return {
    status: refusals[code],
    headers: [
      ['content-type', 'text/plain'],
      ['cache-control', 'no-store'],
      ['x-content-type-options', 'nosniff'],
      ...headers,
    ],
    body: encodeRefusal(code),
  }
}
