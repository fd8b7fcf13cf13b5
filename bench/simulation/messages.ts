import type { Design, World } from './design.ts'
import { createOwnCopies } from './own-copy.ts'

/** In microseconds: what an instance needs for a message. */
const messageWork = 5

/** The usual design: Redis sends each invalidation to all instances. */
export function createMessages(world: World): Design {
  const { redis, workers, network, timeline, counts } = world
  const { learn, apply } = createOwnCopies(world)
  /** A connection keeps the order: nothing arrives before what was sent earlier. */
  const arrivals = workers.map(() => 0)

  const deliver = (instance: number, tags: readonly number[], sequence: number): void => {
    counts.messages++
    const arrival = Math.max(arrivals[instance] ?? 0, timeline.now() + network.delay())
    arrivals[instance] = arrival
    timeline.after(arrival - timeline.now(), () =>
      workers[instance]?.work(messageWork, () => apply(instance, tags, sequence)),
    )
  }

  return {
    name: 'a message to each',
    learn,
    tell(instance, tags, told) {
      counts.tripsOfCalls++
      redis.trip({
        cost: redis.costs.tell + workers.length * redis.costs.push,
        handle() {
          const sequence = redis.note(tags)
          for (const other of workers.keys()) if (other !== instance) deliver(other, tags, sequence)
          return sequence
        },
        reply(sequence) {
          apply(instance, tags, sequence)
          told()
        },
      })
    },
  }
}
