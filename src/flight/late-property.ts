import { randomBytes } from 'node:crypto'
import { asBuffer } from './as-buffer.ts'

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
  isFound: boolean
  /** The end of the last piece, where it is the beginning of the placeholder. */
  held: Buffer
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
    isFound: false,
    held: none,
  }
  // React passes a piece and nothing else, and heeds no result of `end`.
  Object.assign(destination, { [completion]: own, write: writePiece, end: endWithRow })
}

function writePiece(this: Completed, piece: Uint8Array | string): boolean {
  const own = this[completion] as Completion
  if (own.isFound) return own.write(piece)
  const bytes = own.held.length > 0 ? Buffer.concat([own.held, asBuffer(piece)]) : asBuffer(piece)
  const at = bytes.indexOf(placeholder, 0, 'latin1')
  if (at !== -1) {
    own.isFound = true
    const completed = Buffer.from(bytes)
    completed.write(reference, at, 'latin1')
    return own.write(completed)
  }
  const kept = bytes.length - lengthOfBeginning(bytes)
  own.held = kept === bytes.length ? none : bytes.subarray(kept)
  return kept === 0 || own.write(bytes.subarray(0, kept))
}

const none = Buffer.alloc(0)

/** How many bytes at the end of a piece are the beginning of the placeholder; most often none. */
function lengthOfBeginning(bytes: Buffer): number {
  const end = bytes.toString('latin1', Math.max(bytes.length - placeholder.length + 1, 0))
  for (let at = end.indexOf(placeholder[0] ?? ''); at !== -1;) {
    if (placeholder.startsWith(end.slice(at))) return end.length - at
    at = end.indexOf(placeholder[0] ?? '', at + 1)
  }
  return 0
}

function endWithRow(this: Completed): Completed {
  const { isFound, held, write, end, value } = this[completion] as Completion
  write(isFound ? `${row}:${JSON.stringify(value())}\n` : held)
  end()
  return this
}
