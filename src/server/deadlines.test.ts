import { expect, onTestFinished, test, vi } from 'vitest'
import { setDeadline } from './deadlines.ts'

function fakeTime(): void {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
}

test('a deadline expires once, a moment after its time', () => {
  fakeTime()
  const expired: string[] = []
  setDeadline(100, () => expired.push('first'))
  setDeadline(300, () => expired.push('second'))
  vi.advanceTimersByTime(99)
  expect(expired).toEqual([])
  vi.advanceTimersByTime(26)
  expect(expired).toEqual(['first'])
  vi.advanceTimersByTime(1_000)
  expect(expired).toEqual(['first', 'second'])
})

test('one that was cancelled never does, and nothing is left to look after', () => {
  fakeTime()
  const cancel = setDeadline(100, () => {
    throw new Error('expired')
  })
  cancel()
  vi.advanceTimersByTime(1_000)
  expect(vi.getTimerCount()).toBe(0)
})
