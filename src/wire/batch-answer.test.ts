import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  createFrameReader,
  decodeRefused,
  encodeFrame,
  encodeRefused,
  type Frame,
} from './batch-answer.ts'

const frame: fc.Arbitrary<Frame> = fc.record({
  index: fc.nat(31),
  kind: fc.constantFrom('rows', 'end', 'broken', 'refusal', 'with', 'ticket'),
  bytes: fc.uint8Array({ maxLength: 50 }),
})

/** Frames as they are, not as they lie in the buffer that they came in. */
function read(pieces: readonly Uint8Array[]): Frame[] {
  const frames: Frame[] = []
  const take = createFrameReader(({ bytes, ...rest }) =>
    frames.push({ ...rest, bytes: Uint8Array.from(bytes) }),
  )
  for (const piece of pieces) take(piece)
  return frames
}

test('frames survive being cut anywhere', () => {
  const cuts = fc.array(fc.nat(600), { maxLength: 20 })
  fc.assert(
    fc.property(fc.array(frame), cuts, (frames, places) => {
      const sent = Buffer.concat(frames.map(encodeFrame))
      const sorted = [0, ...places.map((at) => Math.min(at, sent.length)), sent.length]
      sorted.sort((a, b) => a - b)
      const pieces = sorted.map((at, i) => sent.subarray(at, sorted[i + 1] ?? at))
      expect(read(pieces)).toEqual(
        frames.map((one) => ({ ...one, bytes: Uint8Array.from(one.bytes) })),
      )
    }),
  )
})

test('a frame is given when all of it is here', () => {
  const sent = encodeFrame({ index: 3, kind: 'rows', bytes: new Uint8Array([1, 2]) })
  expect(read([sent.subarray(0, -1)])).toEqual([])
  expect(read([sent.subarray(0, -1), sent.subarray(-1)])).toHaveLength(1)
})

test('what is no frame is refused', () => {
  expect(() => read([new Uint8Array([0, 99, 0, 0, 0, 0])])).toThrow(RangeError)
})

test('a refusal keeps its status and its text', () => {
  const refused = { status: 404, text: 'volley: stale' }
  expect(decodeRefused(encodeRefused(refused))).toEqual(refused)
})
