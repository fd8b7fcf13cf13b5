import { expect, test } from 'vitest'
import { connectTo, describeRedis, startRedis } from '../../test/support/redis.ts'
import { createHistory } from './redis-history.ts'

async function openTwo() {
  const { port } = await startRedis()
  const redis = [await connectTo(port), await connectTo(port)] as const
  return { redis, histories: redis.map((client) => createHistory(client, Date.now)) }
}

describeRedis('with Redis', () => {
  test('however replies to several questions meet, nothing was lost', async () => {
    const { histories } = await openTwo()
    const generations = new Set<string>()
    const numbers: number[] = []
    for (let turn = 1; turn <= 200; turn++) {
      const works = histories.flatMap((history) => [
        history.tell([[turn, 0]]),
        history.ask([turn]).then(({ now }) => now),
        history.tell([[turn, 0]]),
        history.ask([turn]).then(({ now }) => now),
      ])
      const moments = await Promise.all(works)
      for (const { generation } of moments) generations.add(generation)
      numbers.push(...moments.filter((_, i) => i % 2 === 0).map(({ sequence }) => sequence))
    }
    expect(generations.size).toBe(1)
    expect(numbers.toSorted((a, b) => a - b)).toEqual(numbers.map((_, i) => i + 1))
  })

  test('a number that was seen before a question was sent is one that its reply must follow', async () => {
    const { histories, redis } = await openTwo()
    const [history] = histories
    for (let i = 0; i < 9; i++) await history!.tell([[1, 0]])
    const { now } = await history!.ask([])
    await redis[1].hset('{volley}:tags', 'sequence', 8)
    const moment = await history!.tell([[1, 0]])
    expect(moment).toEqual({ generation: expect.any(String), sequence: 0 })
    expect(moment.generation).not.toBe(now.generation)
  })

  test('a late look at a reply does not make what was seen smaller', async () => {
    const { histories, redis } = await openTwo()
    const [history] = histories
    await history!.tell([[1, 0]])
    const telling = history!.tell([[1, 0]])
    void redis[0].hincrby('{volley}:tags', 'sequence', 1)
    const [told, { now }] = await Promise.all([telling, history!.ask([])])
    expect([told.sequence, now.sequence]).toEqual([2, 3])
    await redis[1].hset('{volley}:tags', 'sequence', 2)
    expect((await history!.ask([])).now.generation).not.toBe(now.generation)
  })
})
