import { expect, test } from 'vitest'
import { keptRun } from './kept-run.ts'
import type { Run } from './submission.ts'

function runOf(value: unknown, parts: Partial<Run> = {}): Run {
  return {
    ending: { kind: 'value', value },
    cookies: [],
    tags: [],
    refresh: false,
    ...parts,
  }
}

const large = 'x'.repeat(2 * 1024 * 1024)

test('the size of a run is that of its value, its cookies and its tags', () => {
  const { size: least } = keptRun(runOf(''))
  expect(keptRun(runOf('x'.repeat(4_000))).size).toBe(least + 4_000)
  const cookies = [{ name: 'session', value: 'x'.repeat(4_000) }]
  expect(keptRun(runOf('', { cookies })).size).toBeGreaterThanOrEqual(least + 4_000)
  const tags = ['x'.repeat(4_000)]
  expect(keptRun(runOf('', { tags })).size).toBeGreaterThanOrEqual(least + 4_000)
})

test('what is too large is not kept, but the cookies of its run are, and counted', () => {
  const cookies = [{ name: 'session', value: 'x'.repeat(4_000) }]
  const { kept, size } = keptRun(runOf(large, { cookies }))
  expect(kept.ending).toMatchObject({ kind: 'error' })
  expect(kept.cookies).toBe(cookies)
  expect(size).toBeGreaterThanOrEqual(4_000)
  expect(size).toBeLessThan(5_000)
})
