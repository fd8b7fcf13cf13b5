import type { Design, Known, World } from './design.ts'

type Reader = { tags: readonly number[]; known: (known: Known) => void }

/** Volley's: each request asks Redis. Those that ask in one turn of the event loop share a round trip. */
export function createAsking({ redis, workers, counts }: World): Design {
  const batches = new Map<number, Reader[]>()

  const send = (instance: number): void => {
    const readers = batches.get(instance) ?? []
    batches.delete(instance)
    counts.tripsOfReads++
    redis.trip({
      cost: redis.costs.read,
      handle: () =>
        readers.map(({ tags }) => ({
          sequence: redis.history.sequence,
          expired: tags.map((tag) => redis.history.expired[tag] ?? 0),
        })),
      reply(answers) {
        for (const [i, { known }] of readers.entries()) {
          const answer = answers[i]
          if (answer) known(answer)
        }
      },
    })
  }

  return {
    name: 'Volley: ask',
    learn(instance, tags, known) {
      const batch = batches.get(instance) ?? []
      batches.set(instance, batch)
      // A turn ends when the instance has done what it was given before.
      if (batch.push({ tags, known }) === 1) workers[instance]?.work(0, () => send(instance))
    },
    tell(_instance, tags, told) {
      counts.tripsOfCalls++
      redis.trip({ cost: redis.costs.tell, handle: () => redis.note(tags), reply: told })
    },
  }
}
