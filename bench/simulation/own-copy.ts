import type { Design, World } from './design.ts'
import { createHistory, type History } from './shared-redis.ts'

/** Each instance has a copy of the history, which it asks instead of Redis. */
export type OwnCopies = Pick<Design, 'learn'> & {
  copies: readonly History[]
  /** An invalidation has become known to an instance. */
  apply: (instance: number, tags: readonly number[], sequence: number) => void
}

export function createOwnCopies({ workers }: World): OwnCopies {
  const copies = workers.map(createHistory)
  return {
    copies,
    learn(instance, tags, known) {
      const copy = copies[instance]
      if (!copy) return
      known({ sequence: copy.sequence, expired: tags.map((tag) => copy.expired[tag] ?? 0) })
    },
    apply(instance, tags, sequence) {
      const copy = copies[instance]
      if (!copy) return
      copy.sequence = Math.max(copy.sequence, sequence)
      for (const tag of tags) copy.expired[tag] = Math.max(copy.expired[tag] ?? 0, sequence)
    },
  }
}
