import { EventEmitter } from 'node:events'
import { asBuffer } from '../flight/as-buffer.ts'
import type { PipeableBody } from './exchange.ts'

/** The whole of a body that is rendered. Rejects when its rendering breaks off. */
export function collectBody(body: PipeableBody): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const pieces: Uint8Array[] = []
    const write = (piece: Uint8Array | string): boolean => {
      pieces.push(asBuffer(piece))
      return true
    }
    // No Node stream: whoever renders never has to wait for it.
    const destination = Object.assign(new EventEmitter(), {
      writable: true,
      write,
      end(piece?: Uint8Array | string) {
        if (piece !== undefined) write(piece)
        resolve(Buffer.concat(pieces))
      },
      destroy: (error?: Error) => reject(error ?? new Error('The rendering broke off')),
    })
    body.pipe(destination as unknown as NodeJS.WritableStream)
  })
}
