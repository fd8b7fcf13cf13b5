import { createFrameReader, decodeRefused, type Frame } from '../../src/wire/batch-answer.ts'

/** What came for one call of a batch. */
export type Part = {
  rows: Buffer
  refusal: { status: number; text: string } | null
  /** The call whose answer has the page. */
  pageOf: number | null
  isBroken: boolean
}

export type Parts = {
  frames: Frame[]
  parts: Part[]
  /** The calls in the order in which their answers ended. */
  order: number[]
  ticket: string | null
}

const last: ReadonlySet<Frame['kind']> = new Set(['end', 'refusal', 'broken'])

/** The answer to a batch of so many calls, taken apart. */
export function readParts(bytes: Uint8Array, count: number): Parts {
  const frames: Frame[] = []
  createFrameReader((frame) => frames.push(frame))(bytes)
  const of = (index: number, kind: Frame['kind']) =>
    frames.filter((frame) => frame.index === index && frame.kind === kind).map((one) => one.bytes)
  const parts = Array.from({ length: count }, (_, index): Part => {
    const [refusal] = of(index, 'refusal')
    return {
      rows: Buffer.concat(of(index, 'rows')),
      refusal: refusal ? decodeRefused(refusal) : null,
      pageOf: of(index, 'with')[0]?.[0] ?? null,
      isBroken: of(index, 'broken').length > 0,
    }
  })
  const ticket = frames.find(({ kind }) => kind === 'ticket')
  return {
    frames,
    parts,
    order: frames.filter(({ kind }) => last.has(kind)).map(({ index }) => index),
    ticket: ticket ? Buffer.from(ticket.bytes).toString() : null,
  }
}
