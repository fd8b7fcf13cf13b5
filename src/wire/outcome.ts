/** What a call ended in. Refused calls have no outcome: they are answered by a refusal. */
export type Outcome =
  | { kind: 'value'; value: unknown }
  | { kind: 'redirect'; to: string; history: 'push' | 'replace' }
  | { kind: 'not-found' }
  | { kind: 'forbidden' }
  | { kind: 'unauthorized' }
  | { kind: 'error'; error: CallFailure }

/**
 * An error as the browser may see it. In production it is the digest alone, the one under which
 * the server logged the error; `name`, `message` and `stack` are for development.
 */
export type CallFailure = { digest: string; name?: string; message?: string; stack?: string }
