import { expect, test } from 'vitest'
import type { Connection } from '../../bench/load/connection.ts'
import { atRate } from '../../bench/load/pace.ts'

const connection: Connection = { send: () => undefined, close: () => undefined }

/** When rounds are due by a clock that goes on by 0.5 ms each time, if each takes `busy` looks. */
async function dueTimes(connections: number, busy: number): Promise<number[]> {
  let time = 0
  const due: number[] = []
  const running: { left: number; done: () => void }[] = []
  const clock = (): number => {
    for (const round of running) if (--round.left === 0) round.done()
    return (time += 0.5)
  }
  const free = Array.from({ length: connections }, () => ({ ...connection }))
  atRate(free, { start: 0, end: 50, rate: 500, clock }, (_connection, at, done) => {
    due.push(at)
    running.push({ left: busy, done })
  })
  await expect.poll(() => time).toBeGreaterThanOrEqual(50)
  return due
}

test('rounds are due evenly, as many as the rate says', async () => {
  const due = await dueTimes(2, 1)
  expect(due.slice(0, 4)).toEqual([0, 2, 4, 6])
  expect(due.length).toBeGreaterThanOrEqual(25)
})

test('a round that finds no connection free counts from when it was due', async () => {
  // 8 looks are 4 ms, and one is due every 2 ms.
  const due = await dueTimes(1, 8)
  expect(due.slice(0, 4)).toEqual([0, 2, 4, 6])
  expect(due.length).toBeLessThan(20)
})
