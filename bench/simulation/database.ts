import type { World } from './design.ts'

/** In microseconds, on average: a question and its answer. */
const databaseTime = 2000

/** The database is asked, and looks halfway between the question and the answer. */
export type Database = <found>(look: () => found, answer: (found: found) => void) => void

export function createDatabase({ timeline, random }: World): Database {
  return (look, answer) => {
    const half = random.exponential(databaseTime) / 2
    timeline.after(half, () => {
      const found = look()
      timeline.after(half, () => answer(found))
    })
  }
}
