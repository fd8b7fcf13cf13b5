/** What a function or a component asks for by throwing, instead of returning. */
export type ControlFlow =
  | { kind: 'redirect'; to: string; permanent: boolean; history: 'push' | 'replace' | null }
  | { kind: 'not-found' }
  | { kind: 'forbidden' }
  | { kind: 'unauthorized' }

/** The boundary files that answer for a control flow other than a redirect. */
export type Interruption = Exclude<ControlFlow['kind'], 'redirect'>

const prefix = 'volley:'

/**
 * Thrown by `redirect()`, `notFound()` and the like. It crosses React's Flight and HTML renderers
 * as its `digest`, the one property of an error that they keep in production.
 */
export class ControlFlowError extends Error {
  override name = 'ControlFlowError'
  readonly digest: string

  constructor(flow: ControlFlow) {
    const digest = encodeControlFlow(flow)
    super(`${digest} is no error: pass it to rethrow() where it is caught.`)
    this.digest = digest
  }
}

/** The digest of a control flow: `volley:redirect:<permanent>:<history>:<target>` or `volley:<kind>`. */
export function encodeControlFlow(flow: ControlFlow): string {
  const { kind } = flow
  if (kind !== 'redirect') return prefix + kind
  return `${prefix}${kind}:${flow.permanent ? 1 : 0}:${flow.history ?? ''}:${flow.to}`
}

/** The control flow that a thrown value stands for; `null` for every other error. */
export function controlFlowOf(thrown: unknown): ControlFlow | null {
  try {
    const { digest } = Object(thrown) as { digest?: unknown }
    return typeof digest === 'string' ? decodeControlFlow(digest) : null
  } catch {
    // Anything can be thrown, also what throws when it is looked at.
    return null
  }
}

const pattern = /^volley:(not-found|forbidden|unauthorized|redirect:([01]):(push|replace|):(.*))$/s

/** The counterpart of `encodeControlFlow`; `null` for the digest of an ordinary error. */
export function decodeControlFlow(digest: string): ControlFlow | null {
  const match = pattern.exec(digest)
  if (!match) return null
  // What the pattern leaves: without the flag of a redirect, the first group is the kind.
  const [, kind, permanent, history, to = ''] = match as unknown as Match
  if (permanent === undefined) return { kind }
  return { kind: 'redirect', to, permanent: permanent === '1', history: history || null }
}

type Match = [string, Interruption, string?, ('push' | 'replace' | '')?, string?]
