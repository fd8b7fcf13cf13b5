import type { Measured } from '../cache/measured.ts'
import { createDatabase } from './database.ts'
import type { Known, World } from './design.ts'
import type { Made } from './shared-redis.ts'
import type { Truth } from './truth.ts'

/** Who asks an instance for a page. `number` says who came first: a reader, or a computation. */
export type Reader = {
  page: number
  tags: readonly number[]
  number: number
  done: (made: Made) => void
}

/** An instance, as far as it makes pages. */
export type Maker = {
  index: number
  truth: Truth
  costs: Measured['instance']
  /** Of readers and computations. */
  nextNumber: () => number
  keep: (page: number, made: Made) => void
}

type Running = { number: number; waiting: ((made: Made) => void)[] }

/** Makes a page for a reader, once for all of an instance that ask at the same time. */
export function createComputations(
  world: World,
  { index, truth, costs, nextNumber, keep }: Maker,
): (reader: Reader, known: Known) => void {
  const { redis, counts, workers } = world
  const inDatabase = createDatabase(world)
  const running = new Map<number, Running>()

  const compute = ({ page, tags, done }: Reader, since: number): void => {
    const current: Running = { number: nextNumber(), waiting: [done] }
    running.set(page, current)
    counts.computations++
    const render = (versions: readonly number[]): void => {
      const made = { versions, since }
      keep(page, made)
      const handle = (): unknown => redis.entries.set(page, made)
      redis.trip({ cost: redis.costs.set, handle, reply: () => undefined })
      running.delete(page)
      for (const take of current.waiting) take(made)
    }
    inDatabase(
      () => truth.versions(tags),
      (versions) => workers[index]?.work(costs.renderedPage, () => render(versions)),
    )
  }

  return function computeOnce(reader, known) {
    const other = running.get(reader.page)
    if (!other) return compute(reader, known.sequence)
    other.waiting.push((made) => {
      // A computation that began before this reader came may have read what was changed in between.
      if (other.number > reader.number || isValid(made, known)) reader.done(made)
      else computeOnce(reader, known)
    })
  }
}

export function isValid({ since }: Made, { expired }: Known): boolean {
  return expired.every((number) => number <= since)
}
