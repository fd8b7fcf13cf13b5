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

/** What a destination did before, and what is still to be done there. */
type Completion = {
  write: (piece: Uint8Array | string) => boolean
  end: () => unknown
  value: LateProperty['value']
  /** The end of what was written, which may be the beginning of the placeholder; `null` after it. */
  held: Buffer | null
}

const completion = Symbol('completion')

type Completed = { [completion]?: Completion }

/**
 * Replaces the placeholder in what is written to a destination, and adds the row at its end. Its two
 * new methods are functions of this file: as closures they kept what was rendered until the next full
 * garbage collection, which cost a third of all calls with a page.
 */
export function completeLate(
  destination: NodeJS.WritableStream,
  value: LateProperty['value'],
): void {
  const own: Completion = {
    write: destination.write.bind(destination),
    end: destination.end.bind(destination),
    value,
    held: Buffer.alloc(0),
  }
  // React passes a piece and nothing else, and heeds no result of `end`.
  Object.assign(destination, { [completion]: own, write: writePiece, end: endWithRow })
}

function writePiece(this: Completed, piece: Uint8Array | string): boolean {
  const own = this[completion] as Completion
  const { held, write } = own
  if (held === null) return write(piece)
  const bytes = Buffer.concat([held, typeof piece === 'string' ? Buffer.from(piece) : piece])
  const at = bytes.indexOf(placeholder)
  if (at !== -1) {
    own.held = null
    bytes.write(reference, at)
    return write(bytes)
  }
  const kept = Math.max(bytes.length - placeholder.length + 1, 0)
  own.held = bytes.subarray(kept)
  return kept === 0 || write(bytes.subarray(0, kept))
}

function endWithRow(this: Completed): Completed {
  const { held, write, end, value } = this[completion] as Completion
  write(held ?? `${row}:${JSON.stringify(value())}\n`)
  end()
  return this
}
