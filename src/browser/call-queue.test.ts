import { expect, test } from 'vitest'
import { createCallQueue } from './call-queue.ts'

/** Lets everything that waits for a settled promise run. */
async function settle(): Promise<void> {
  for (let i = 0; i < 10; i++) await Promise.resolve()
}

test('as many calls as there are places are in flight, and the others follow in order', async () => {
  const enter = createCallQueue(2)
  const entered: number[] = []
  const leaves: (() => void)[] = []
  const take = async (i: number) => {
    const leave = await enter()
    entered.push(i)
    leaves.push(leave)
  }
  for (const i of [1, 2, 3, 4]) void take(i)
  await settle()
  expect(entered).toEqual([1, 2])
  leaves[1]!()
  await settle()
  expect(entered).toEqual([1, 2, 3])
  leaves[0]!()
  leaves[2]!()
  await settle()
  expect(entered).toEqual([1, 2, 3, 4])
})

test('a place that was left is free again', async () => {
  const enter = createCallQueue(1)
  const leave = await enter()
  leave()
  await expect(enter()).resolves.toBeTypeOf('function')
})
