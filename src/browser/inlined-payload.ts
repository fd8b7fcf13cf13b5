/** A piece of the payload in the HTML: text, a list with the base64 of bytes, or `null` at the end. */
type Piece = string | [base64: string] | null

/** The payload of the document, as its scripts bring it: those that ran and those still to come. */
export function readInlinedPayload(pieces: Piece[]): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    start(controller) {
      const take = (piece: Piece): number => {
        if (piece === null) controller.close()
        else controller.enqueue(typeof piece === 'string' ? encoder.encode(piece) : bytesOf(piece))
        return 0
      }
      for (const piece of pieces) take(piece)
      pieces.push = take
    },
  })
}

function bytesOf([base64]: [base64: string]): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
}
