import { expect, test } from 'vitest'
import { createPayloadSplit } from './payload-split.ts'

const settle = () => new Promise((resolve) => setImmediate(resolve))

test('both readers get every piece, those that came before first', async () => {
  const split = createPayloadSplit()
  split.input.write('a')
  const inlined: (string | null)[] = []
  const source = split.read()
  const told: string[] = []
  source.on('data', (piece) => told.push(String(piece)))
  source.on('end', () => told.push('end'))
  split.connect((piece) => inlined.push(piece === null ? null : String(piece)))
  split.input.write('b')
  split.input.end()
  await split.complete
  await settle()
  expect(told).toEqual(['a', 'b', 'end'])
  expect(inlined).toEqual(['a', 'b', null])
})

test('what comes while a piece is read is read as well', async () => {
  const split = createPayloadSplit()
  const told: string[] = []
  const source = split.read()
  source.on('data', (piece) => {
    told.push(String(piece))
    if (piece === 'a') split.input.end()
  })
  source.on('end', () => told.push('end'))
  split.input.write('a')
  await settle()
  expect(told).toEqual(['a', 'end'])
})
