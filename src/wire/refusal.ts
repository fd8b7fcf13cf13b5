const statuses = {
  'bad-request': 400,
  'cross-site': 403,
  'not-found': 404,
  stale: 404,
  method: 405,
  'too-large': 413,
  'unsupported-type': 415,
  overloaded: 503,
  timeout: 504,
} as const

export type RefusalCode = keyof typeof statuses

/**
 * Why a request was refused: before the function ran, but for `timeout`. The status, and with it the
 * whole body of the answer; both are fixed, so that a refusal tells nothing about the app.
 */
export const refusals: Readonly<Record<RefusalCode, number>> = statuses

/** The body of a refusal, e.g. `volley: stale`. */
export function encodeRefusal(code: RefusalCode): string {
  return `volley: ${code}`
}

/** The counterpart of `encodeRefusal`; `null` for a body that Volley did not write. */
export function decodeRefusal(body: string): RefusalCode | null {
  // The browser does without the table: nobody else's body begins like this.
  const code = /^volley: ([a-z-]+)$/.exec(body)?.[1]
  return (code as RefusalCode | undefined) ?? null
}
