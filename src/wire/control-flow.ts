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
    const message =
      flow.kind === 'redirect'
        ? `Redirect to ${flow.to}. If you catch errors around redirect(), pass them to rethrow() first.`
        : `Interrupted by ${flow.kind}. If you catch errors around it, pass them to rethrow() first.`
    super(message)
    this.digest = encodeControlFlow(flow)
  }
}

/** The digest of a control flow: `volley:redirect:<permanent>:<history>:<target>` or `volley:<kind>`. */
export function encodeControlFlow(flow: ControlFlow): string {
  if (flow.kind !== 'redirect') return prefix + flow.kind
  return `${prefix}redirect:${flow.permanent ? 1 : 0}:${flow.history ?? ''}:${flow.to}`
}

/** The control flow that a thrown value stands for; `null` for every other error. */
export function controlFlowOf(thrown: unknown): ControlFlow | null {
  if (typeof thrown !== 'object' || thrown === null || !('digest' in thrown)) return null
  return typeof thrown.digest === 'string' ? decodeControlFlow(thrown.digest) : null
}

/** The counterpart of `encodeControlFlow`; `null` for the digest of an ordinary error. */
export function decodeControlFlow(digest: string): ControlFlow | null {
  if (!digest.startsWith(prefix)) return null
  const kind = digest.slice(prefix.length)
  if (kind === 'not-found' || kind === 'forbidden' || kind === 'unauthorized') return { kind }
  const redirect = /^redirect:([01]):(push|replace|):(.*)$/s.exec(kind)
  if (!redirect) return null
  const [, permanent, history, to = ''] = redirect
  return {
    kind: 'redirect',
    to,
    permanent: permanent === '1',
    history: history === 'push' || history === 'replace' ? history : null,
  }
}
