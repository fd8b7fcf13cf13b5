import { createRedisStore } from '../../src/store/redis-store.ts'
import { printTable, shown } from '../table.ts'
import type { RedisServer } from './redis-server.ts'

const counts = [1, 1000, 100_000, 1_000_000]
/** Of one invalidation. */
const batch = 500

/** Prints what the history of that many tags takes in Redis; gives the bytes of one slot when all are in use. */
export async function measureTags({ redis }: RedisServer): Promise<number> {
  await redis.flushall()
  const store = createRedisStore({ redis, report: console.error })
  const rows: string[][] = []
  let bytesOfSlot = 0
  let told = 0
  for (const count of counts) {
    while (told < count) {
      const length = Math.min(batch, count - told)
      await store.invalidate(Array.from({ length }, (_, i) => ({ tag: `post:${told + i}` })))
      told += length
    }
    const bytes = Number(await redis.memory('USAGE', '{volley}:tags', 'SAMPLES', 0))
    const slots = (await redis.hlen('{volley}:tags')) - 2
    bytesOfSlot = bytes / slots
    rows.push([count, slots, bytes, bytes / count].map(shown))
  }
  console.log('### Tags in Redis\n')
  printTable(['invalidated tags', 'slots in use', 'bytes', 'bytes/tag'], rows)
  return bytesOfSlot
}
