import type { FlightStream } from '../flight/render.ts'
import type { PipeableBody } from './exchange.ts'

/** What the HTML half provides. It is loaded when it is first needed: calls never need it. */
export interface HtmlRenderer {
  renderDocument(flight: FlightStream, options: DocumentOptions): DocumentRendering
}

export type DocumentOptions = {
  /** Called for errors of client components; what it returns reaches the browser as `digest`. */
  onError: (error: unknown) => string
  /** What `useActionState` shows after a form was posted without JavaScript. */
  formState?: unknown
  /** For the scripts, where a content security policy asks for one. */
  nonce?: string | undefined
}

export interface DocumentRendering {
  /**
   * Settles when the head can be sent: everything is rendered, or the shell and a moment more.
   * Rejects with the error that left no shell.
   */
  readonly ready: Promise<PipeableBody>
  abort(reason: unknown): void
}
