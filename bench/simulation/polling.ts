import type { Design, World } from './design.ts'
import { createOwnCopies } from './own-copy.ts'

/** In microseconds. */
const interval = 1_000_000

/** The other usual design: each instance asks for what is new once a second. */
export function createPolling(world: World): Design {
  const { redis, workers, timeline, random, counts } = world
  const { learn, apply, copies } = createOwnCopies(world)

  const poll = (instance: number): void => {
    counts.polls++
    redis.trip({
      cost: redis.costs.read,
      handle: () => ({
        sequence: redis.history.sequence,
        expired: redis.history.expired.slice(),
      }),
      reply({ sequence, expired }) {
        const copy = copies[instance]
        if (!copy) return
        copy.sequence = Math.max(copy.sequence, sequence)
        for (const [tag, number] of expired.entries()) {
          if (number > (copy.expired[tag] ?? 0)) copy.expired[tag] = number
        }
        timeline.after(interval, () => poll(instance))
      },
    })
  }
  for (const instance of workers.keys())
    timeline.after(random.next() * interval, () => poll(instance))

  return {
    name: 'ask every second',
    learn,
    tell(instance, tags, told) {
      counts.tripsOfCalls++
      redis.trip({
        cost: redis.costs.tell,
        handle: () => redis.note(tags),
        reply(sequence) {
          apply(instance, tags, sequence)
          told()
        },
      })
    },
  }
}
