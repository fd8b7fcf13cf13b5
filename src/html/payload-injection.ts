import { EventEmitter } from 'node:events'
import type { Writable } from 'node:stream'
import { asBuffer } from '../flight/as-buffer.ts'
import { flushStream } from '../flight/flush-stream.ts'
import type { InsertedHtml } from './inserted-html.ts'
import { payloadScript } from './payload-script.ts'
import type { Piece } from './payload-split.ts'

const closing = Buffer.from('</body></html>')

export interface PayloadInjection {
  /** Where React writes the HTML. */
  readonly html: NodeJS.WritableStream
  /** A piece of the payload, or `null` after the last one. */
  inline: (piece: Piece | null) => void
}

export type InjectionOptions = {
  /** For the scripts, where a content security policy asks for one. */
  nonce?: string | undefined
  inserted?: Pick<InsertedHtml, 'around'>
}

const untouched: Pick<InsertedHtml, 'around'> = { around: (chunk) => chunk }

/**
 * Merges the HTML of a page with its payload. React calls `flush` where the document may be
 * interrupted: only there is no tag open, and only there go the scripts. The end of the document
 * waits for the end of the payload.
 *
 * What React writes to is no Node stream, because one that buffers would let `flush` overtake
 * what was written before it.
 */
export function createPayloadInjection(
  destination: NodeJS.WritableStream,
  { nonce, inserted = untouched }: InjectionOptions = {},
): PayloadInjection {
  const pieces: Piece[] = []
  let tail: Buffer | null = null
  let isBetweenTags = false
  let isHtmlComplete = false
  let isPayloadComplete = false
  let isEndSent = false

  const endDestination = (): void => {
    if (tail) destination.write(tail)
    destination.end()
  }

  const flush = (): void => {
    isBetweenTags = true
    if (pieces.length > 0) {
      const whole = Buffer.concat(pieces.splice(0).map(asBuffer))
      destination.write(payloadScript(whole, nonce))
    }
    if (isPayloadComplete && !isEndSent) destination.write(payloadScript(null, nonce))
    isEndSent = isPayloadComplete
    flushStream(destination)
    if (isHtmlComplete && isPayloadComplete) endDestination()
  }

  const write = (chunk: Uint8Array | string): boolean => {
    const bytes = inserted.around(asBuffer(chunk), isBetweenTags)
    isBetweenTags = false
    if (!bytes.subarray(-closing.length).equals(closing)) return destination.write(bytes)
    tail = closing
    return destination.write(bytes.subarray(0, -closing.length))
  }

  const end = (): void => {
    isHtmlComplete = true
    flush()
  }

  const html = Object.assign(new EventEmitter(), {
    writable: true,
    write,
    end,
    flush,
    destroy(error?: Error) {
      if ('destroy' in destination) (destination as Writable).destroy(error)
    },
  })
  for (const event of ['drain', 'close', 'error']) {
    destination.on(event, (...args: unknown[]) => html.emit(event, ...args))
  }
  return {
    html: html as unknown as NodeJS.WritableStream,
    inline(piece) {
      if (piece === null) isPayloadComplete = true
      else pieces.push(piece)
      if (isBetweenTags) flush()
    },
  }
}
