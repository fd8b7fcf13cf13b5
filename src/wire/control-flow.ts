import { interruptionLine } from './interruption-line.ts'

/** What a function or a component asks for by throwing, instead of returning. */
export type ControlFlow =
  | { kind: 'redirect'; to: string; permanent: boolean; history: 'push' | 'replace' | null }
  | { kind: 'not-found' }
  | { kind: 'forbidden' }
  | { kind: 'unauthorized' }

/** The boundary files that answer for a control flow other than a redirect. */
export type Interruption = Exclude<ControlFlow['kind'], 'redirect'>

/**
 * Thrown by `redirect()`, `notFound()` and the like. It crosses React's Flight and HTML renderers
 * as its `digest`, the one property of an error that they keep in production. Digest and message
 * are those of Next.js: apps and packages look at both to let a redirect through their `catch`.
 */
export class ControlFlowError extends Error {
  declare readonly digest: string

  constructor(flow: ControlFlow) {
    const digest = encodeControlFlow(flow)
    super(digest.split(';')[0])
    this.digest = digest
  }
}

/**
 * The digest of a control flow: `NEXT_REDIRECT;<history>;<target>;<status>;<history>` or
 * `NEXT_HTTP_ERROR_FALLBACK;<status>`. Next.js always has the first history, and nothing in place
 * of the second, which is left out where the redirect leaves it open.
 */
export function encodeControlFlow(flow: ControlFlow): string {
  if (flow.kind !== 'redirect') return interruptionDigest(flow.kind)
  const { to, permanent, history } = flow
  return `NEXT_REDIRECT;${history ?? 'replace'};${to};30${permanent ? 8 : 7};${history ?? ''}`
}

const interruptionDigest = (kind: Interruption): string =>
  `NEXT_HTTP_ERROR_FALLBACK;${parseInt(interruptionLine[kind])}`

/** The control flow that a thrown value stands for; `null` for every other error. */
export function controlFlowOf(thrown: unknown): ControlFlow | null {
  try {
    const { digest } = Object(thrown) as { digest?: unknown }
    return decodeControlFlow(String(digest))
  } catch {
    // Anything can be thrown, also what throws when it is looked at.
    return null
  }
}

const pattern = /^NEXT_REDIRECT;\w+;(.*);30(.);(push|replace|)$/s

/** The counterpart of `encodeControlFlow`; `null` for the digest of an ordinary error. */
export function decodeControlFlow(digest: string): ControlFlow | null {
  for (const kind in interruptionLine) {
    if (digest === interruptionDigest(kind as Interruption)) return { kind: kind as Interruption }
  }
  const match = pattern.exec(digest) as Match | null
  if (!match) return null
  const [, to, permanent, history] = match
  return { kind: 'redirect', to, permanent: permanent > '7', history: history || null }
}

/** What the pattern leaves. */
type Match = [string, string, string, 'push' | 'replace' | '']
