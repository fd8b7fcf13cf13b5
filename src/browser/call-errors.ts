import type { RefusalCode } from '../wire/refusal.ts'

/**
 * The server function is not part of the build that answered: the page is older than the server.
 * Nothing ran.
 */
export class StaleFunctionError extends Error {
  override name = 'StaleFunctionError' as const
}

/** The server refused the call before it ran anything. */
export class CallRefusedError extends Error {
  override name = 'CallRefusedError' as const
  declare readonly code: RefusalCode
}

/** The server gave up waiting for the server function, which may have done a part of its work. */
export class CallTimeoutError extends Error {
  override name = 'CallTimeoutError' as const
}

/** The call or its answer was lost on the way: whether the server function ran is unknown. */
export class NetworkError extends Error {
  override name = 'NetworkError' as const
}
