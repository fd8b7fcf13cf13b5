import type { Measured } from '../cache/measured.ts'
import { createComputations, isValid, type Reader } from './computations.ts'
import { createDatabase } from './database.ts'
import type { Design, World } from './design.ts'
import type { Made } from './shared-redis.ts'
import { pageCount, tagsOfCall, tagsOfPage, type Truth } from './truth.ts'

export type Instance = { read: (page: number) => void; call: (page: number) => void }

type InstanceOptions = { index: number; design: Design; truth: Truth; costs: Measured['instance'] }

/** One process that serves pages: with what was made in its memory, in front of Redis. */
export function createInstance(world: World, options: InstanceOptions): Instance {
  const { timeline, redis, counts, workers } = world
  const { index, design, truth, costs } = options
  const entries: Made[] = Array.from({ length: pageCount }, () => firstMade)
  let clock = 0
  const nextNumber = (): number => ++clock
  const keep = (page: number, made: Made): void => void (entries[page] = made)
  const inDatabase = createDatabase(world)
  const computeOnce = createComputations(world, { index, truth, costs, nextNumber, keep })
  const work = (duration: number, done: () => void): void => workers[index]?.work(duration, done)

  const look = (reader: Reader): void => {
    const { page, tags, done } = reader
    design.learn(index, tags, (known) => {
      const own = entries[page]
      if (own && isValid(own, known)) return work(costs.keptPage, () => done(own))
      counts.tripsOfReads++
      redis.trip({
        cost: redis.costs.get,
        handle: () => redis.entries.get(page) ?? firstMade,
        reply(shared) {
          if (!isValid(shared, known)) return computeOnce(reader, known)
          keep(page, shared)
          work(costs.keptPage, () => done(shared))
        },
      })
    })
  }

  return {
    read(page) {
      const tags = tagsOfPage(page)
      const judge = truth.begin(tags)
      const begun = timeline.now()
      counts.reads++
      const done = ({ versions }: Made): void => {
        judge(versions)
        counts.waited.push(timeline.now() - begun)
      }
      look({ page, tags, number: nextNumber(), done })
    },
    call(page) {
      const tags = tagsOfCall(page)
      counts.calls++
      const write = (): number[] => {
        truth.write(tags)
        return truth.versions(tags)
      }
      const answer = (versions: number[]): void =>
        design.tell(index, tags, () => truth.answered(tags, versions))
      work(costs.call, () => inDatabase(write, answer))
    },
  }
}

/** At the start all pages are there, made of data that nobody has changed. */
const firstMade: Made = { versions: tagsOfPage(0).map(() => 0), since: 0 }
