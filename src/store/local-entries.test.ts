import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { collectGarbage } from '../../test/support/collect-garbage.ts'
import { createLocalEntries } from './local-entries.ts'

const maxSize = 32 * 1024 * 1024

test.for([
  { of: 'short values', value: 30, fill: 'x', tags: 0 },
  { of: 'short values with two tags', value: 30, fill: 'x', tags: 2 },
  { of: 'values of 1,000 characters', value: 1000, fill: 'x', tags: 1 },
  { of: 'values whose characters take two bytes', value: 1000, fill: '世', tags: 0 },
])('however many entries there were, those that are held fill the heap as said: $of', (about) => {
  collectGarbage()
  const before = process.memoryUsage().heapUsed
  const entries = createLocalEntries(maxSize)
  for (let i = 0; i < 200_000; i++) {
    // Each text is made anew, as if it had come from elsewhere.
    const text = (part: string): string => JSON.parse(JSON.stringify(part)) as string
    entries.set(createHash('sha256').update(`${i}`).digest('base64url'), {
      value: text(`${i} `.padEnd(about.value, about.fill)),
      tags: Array.from({ length: about.tags }, (_, n) => text(`post:${i}:${n}`)),
      since: { generation: text('0d36ce8f-3c3c-4d61-94a4-6f9e4a2ecf83'), sequence: i },
      freshUntil: Date.now() + i,
      usableUntil: Date.now() + 2 * i,
    })
  }
  collectGarbage()
  const share = (process.memoryUsage().heapUsed - before) / maxSize
  expect(entries.size).toBeGreaterThan(10_000)
  expect(share).toBeGreaterThan(0.8)
  expect(share).toBeLessThan(1.2)
})
