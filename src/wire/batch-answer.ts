/** The content type of the answer to a batch: frames, those of several calls in any order. */
export const batchType = 'text/x-volley-batch'

const kinds = ['rows', 'end', 'broken', 'refusal', 'with', 'ticket'] as const

/**
 * A piece of the answer to one call of a batch, which is told by its place in it.
 *
 * - `rows` are of what would have been the body of the call's own answer, `end` comes after the last
 *   of them, and `broken` where there will be no last one.
 * - `refusal` is the status and the text of a refusal.
 * - `with` names the call whose answer has the page that this one waits for.
 * - `ticket` is for the cookies that came too late for the head. The answers that begin behind it
 *   count when it has been redeemed.
 */
export type Frame = { index: number; kind: (typeof kinds)[number]; bytes: Uint8Array }

/** One byte for the call, one for the kind, four for the length. */
const headLength = 6

export function encodeFrame({ index, kind, bytes }: Frame): Uint8Array {
  const frame = new Uint8Array(headLength + bytes.length)
  frame[0] = index
  frame[1] = kinds.indexOf(kind)
  new DataView(frame.buffer).setUint32(2, bytes.length)
  frame.set(bytes, headLength)
  return frame
}

/**
 * The counterpart of `encodeFrame`, for frames that arrive in pieces of any size.
 * @throws RangeError for what is no frame
 */
export function createFrameReader(take: (frame: Frame) => void): (piece: Uint8Array) => void {
  let held = new Uint8Array(0)
  return (piece) => {
    const bytes = new Uint8Array(held.length + piece.length)
    bytes.set(held)
    bytes.set(piece, held.length)
    const view = new DataView(bytes.buffer)
    let at = 0
    while (bytes.length - at >= headLength) {
      const end = at + headLength + view.getUint32(at + 2)
      if (end > bytes.length) break
      const kind = kinds[view.getUint8(at + 1)]
      if (!kind) throw new RangeError('Not a frame of a batch')
      take({ index: view.getUint8(at), kind, bytes: bytes.subarray(at + headLength, end) })
      at = end
    }
    held = bytes.slice(at)
  }
}

export type Refused = { status: number; text: string }

/** The bytes of a frame that tells of a refusal: `404 volley: stale`. */
export function encodeRefused({ status, text }: Refused): Uint8Array {
  return new TextEncoder().encode(`${status} ${text}`)
}

/** The counterpart of `encodeRefused`. */
export function decodeRefused(bytes: Uint8Array): Refused {
  const line = new TextDecoder().decode(bytes)
  return { status: parseInt(line), text: line.slice(4) }
}
