import type { RefusalCode } from '../wire/refusal.ts'

/**
 * The server function is not part of the build that answered: the page is older than the server.
 * Nothing ran.
 */
export class StaleFunctionError extends Error {
  override name = 'StaleFunctionError' as const

  constructor(id: string) {
    super(`The server has no function ${id}, because this page is of another build: load it again.`)
  }
}

/** The server refused the call before it ran anything. */
export class CallRefusedError extends Error {
  override name = 'CallRefusedError' as const
  readonly code: RefusalCode

  constructor(id: string, code: RefusalCode) {
    super(`The server refused to call ${id} (${code}): its log says why.`)
    this.code = code
  }
}

/** The server gave up waiting for the server function, which may have done a part of its work. */
export class CallTimeoutError extends Error {
  override name = 'CallTimeoutError' as const

  constructor(id: string) {
    super(`${id} took longer than the server allows: check what it did before you call it again.`)
  }
}

/** The call or its answer was lost on the way: whether the server function ran is unknown. */
export class NetworkError extends Error {
  override name = 'NetworkError' as const

  constructor(id: string, cause: unknown) {
    super(`No complete answer from ${id}: check what it did before you call it again.`, { cause })
  }
}
