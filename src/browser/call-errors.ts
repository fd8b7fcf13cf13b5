import type { RefusalCode } from '../wire/refusal.ts'

/**
 * The server function is not part of the build that answered: the page is older than the server.
 * Nothing ran. The user should load the page again.
 */
export class StaleFunctionError extends Error {
  override name = 'StaleFunctionError' as const

  constructor(id: string) {
    super(
      `The server has no function ${JSON.stringify(id)}: this page is from another build. ` +
        'Load the page again, then repeat the call.',
    )
  }
}

/** The server refused the call before it ran anything. */
export class CallRefusedError extends Error {
  override name = 'CallRefusedError' as const
  readonly code: Exclude<RefusalCode, 'stale'>

  constructor(id: string, code: Exclude<RefusalCode, 'stale'>) {
    super(
      `The server refused to call ${JSON.stringify(id)}: ${code}. ` +
        'Nothing ran; the log of the server says more.',
    )
    this.code = code
  }
}

/** The server gave up waiting for the server function, which may have done a part of its work. */
export class CallTimeoutError extends Error {
  override name = 'CallTimeoutError' as const

  constructor(id: string) {
    super(
      `The server function ${JSON.stringify(id)} took longer than the server allows. ` +
        'Check what it did before you call it again.',
    )
  }
}

/** The call or its answer was lost on the way: whether the server function ran is unknown. */
export class NetworkError extends Error {
  override name = 'NetworkError' as const

  constructor(id: string, cause: unknown) {
    super(
      `The call of ${JSON.stringify(id)} got no complete answer from the server. ` +
        'Check the connection, and whether the function ran, before you call it again.',
      { cause },
    )
  }
}
