import type { IncomingHeaders } from '../context/request-context.ts'

/**
 * What an adapter gives to the handler, and what it gets back. Streams are Node's, because React
 * renders to them fastest and every runtime that Volley serves on knows them.
 * A request is a plain object: it is copied by spreading.
 */
export interface ServerRequest {
  readonly method: string
  /** Path and search as they were received. */
  readonly target: string
  /** Lower-case names. */
  readonly headers: IncomingHeaders
  /** That scripts in its document need, as middleware has said. */
  readonly nonce?: string
  readonly protocol: 'http' | 'https'
  /** The address of the peer, which may be a proxy. */
  readonly remoteAddress: string | undefined
  /** Aborted when the client goes away before the answer is complete; made when somebody asks. */
  signal(): AbortSignal
  /**
   * The whole body, kept: those below, called later, are of the same bytes.
   * @throws Refusal `too-large` as soon as more than `limit` bytes arrived
   */
  bytes(limit: number): Promise<Uint8Array>
  /** The body as text. @throws Refusal `too-large` as soon as more than `limit` bytes arrived */
  text(limit: number): Promise<string>
  /** The body as a form. @throws Refusal when it is too large, malformed, or refused by `onField` */
  form(options: FormOptions): Promise<FormData>
  /**
   * The request as the Fetch standard has it, with the headers of this one, for route handlers. The
   * body is read through it.
   */
  web(url: URL): Request
}

export type FormOptions = {
  /** In bytes, for the whole body. */
  limit: number
  /** Told how many bytes have arrived, each time that some have. */
  onSize?: (length: number) => void
  /** Called for each field as it arrives; what it throws stops the body there. */
  onField?: (name: string, value: string) => void
}

/** A stream that starts when it gets its destination. */
export interface PipeableBody {
  pipe(destination: NodeJS.WritableStream): unknown
  /** Stops the rendering; with `abandoned` for a reason, nothing of it is an error. */
  abort(reason: unknown): void
}

export function isPipeable(body: ServerAnswer['body']): body is PipeableBody {
  return typeof body === 'object' && body !== null && 'pipe' in body
}

/**
 * Why a rendering stops that nobody waits for: it is replaced by another one, or its client is
 * gone. Adapters run outside the handler's bundle, so the symbol is a registered one.
 */
export const abandoned: unique symbol = Symbol.for('volley.abandoned')

export interface ServerAnswer {
  status: number
  headers: [name: string, value: string][]
  /** Bytes are sent as they are: whoever gives them has compressed them. */
  body: string | Uint8Array | PipeableBody | ReadableStream<Uint8Array> | null
  /** Called once when the answer was sent, or the client is gone. */
  onFinish?: () => void
  /** Called with the error that broke off a `ReadableStream`; the others report their own. */
  onBodyError?: (error: unknown) => void
}

/** Answers every request; it never rejects. */
export type Handler = (request: ServerRequest) => Promise<ServerAnswer>

/** Headers as the Fetch standard has them. */
export function webHeaders(incoming: IncomingHeaders): Headers {
  const headers = new Headers()
  for (const [name, value] of Object.entries(incoming)) {
    // HTTP/2 pseudo-headers, as in `:path`, are no header names to the Fetch standard.
    if (name.startsWith(':')) continue
    for (const item of [value ?? []].flat()) headers.append(name, item)
  }
  return headers
}

/** The first value of a header that should come once. */
export function headerOf(headers: IncomingHeaders, name: string): string | undefined {
  const value = headers[name]
  return Array.isArray(value) ? value[0] : value
}
