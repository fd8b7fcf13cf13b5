import { randomBytes } from 'node:crypto'

/**
 * A property of the model that is known only when the rest has been rendered. Its strings must not
 * begin with `$`. For React a promise of it would be one more thing to wait for, so that nothing were
 * ever complete. So the model has a placeholder, which becomes a promise in what React writes, and
 * after React's last row comes the one that fulfills it:
 *
 *     0:{"tags":"1f9e…","route":…}        0:{"tags":"$@…7fffffff","route":…}
 *     1:…                                 1:…
 *                                         7fffffff:["a","b"]
 */
export type LateProperty = { name: string; value: () => readonly string[] }

/** As long as what replaces it. It never leaves the process, so nothing else that is sent holds it. */
export const placeholder: string = randomBytes(12).toString('hex')

/** No rendering has so many rows; a higher number would be negative in React's decoder. */
const row = '7fffffff'
const reference = `$@${row.padStart(placeholder.length - 2, '0')}`

/** Replaces the placeholder in what is written to a destination, and adds the row at its end. */
export function completeLate(
  destination: NodeJS.WritableStream,
  value: LateProperty['value'],
): void {
  const write: (piece: Uint8Array | string) => boolean = destination.write.bind(destination)
  const end: () => NodeJS.WritableStream = destination.end.bind(destination)
  /** The end of what was written, which may be the beginning of the placeholder; `null` after it. */
  let held: Buffer | null = Buffer.alloc(0)

  // React passes a piece and nothing else.
  destination.write = (piece: Uint8Array | string): boolean => {
    if (held === null) return write(piece)
    const bytes = Buffer.concat([held, typeof piece === 'string' ? Buffer.from(piece) : piece])
    const at = bytes.indexOf(placeholder)
    if (at !== -1) {
      held = null
      bytes.write(reference, at)
      return write(bytes)
    }
    const kept = Math.max(bytes.length - placeholder.length + 1, 0)
    held = bytes.subarray(kept)
    return kept === 0 || write(bytes.subarray(0, kept))
  }

  destination.end = (): typeof destination => {
    write(held ?? `${row}:${JSON.stringify(value())}\n`)
    end()
    return destination
  }
}
