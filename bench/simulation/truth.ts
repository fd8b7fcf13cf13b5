import type { Timeline } from './timeline.ts'

/** Pages, and the tags of each: its own, one that 20 share, and that of the layout of all. */
export const pageCount = 1000
const authorCount = 50
const layoutTag = pageCount + authorCount
export const tagCount = layoutTag + 1

export function tagsOfPage(page: number): number[] {
  return [page, authorTag(page), layoutTag]
}

/** What a call that changes a page invalidates. */
export function tagsOfCall(page: number): number[] {
  return [page, authorTag(page)]
}

function authorTag(page: number): number {
  return pageCount + (page % authorCount)
}

/** The database, and what visitors were told of it. It judges each read, and knows of no cache. */
export type Truth = {
  write: (tags: readonly number[]) => void
  /** The number of writes so far to each of these tags. */
  versions: (tags: readonly number[]) => number[]
  /** A visitor has the answer to a call that wrote these versions. */
  answered: (tags: readonly number[], versions: readonly number[]) => void
  /** A read has begun; what it gives says whether the versions that it ends with are too old. */
  begin: (tags: readonly number[]) => (versions: readonly number[]) => void
  stale: () => StaleReads
}

export type StaleReads = {
  count: number
  /** In microseconds: between the answer of a call and the last read that began after it and missed it. */
  longest: number
}

export function createTruth({ now }: Timeline): Truth {
  const written = new Int32Array(tagCount)
  const told = new Int32Array(tagCount)
  const answers = new Map<string, number>()
  const stale: StaleReads = { count: 0, longest: 0 }

  /** How long before `begun` the first answer came that these versions lack. */
  const age = (tag: number, { version, promised, begun }: Lack): number => {
    const times: number[] = []
    for (let missed = version + 1; missed <= promised; missed++) {
      const time = answers.get(`${tag} ${missed}`)
      if (time !== undefined) times.push(time)
    }
    return begun - Math.min(...times)
  }

  return {
    write(tags) {
      for (const tag of tags) written[tag] = (written[tag] ?? 0) + 1
    },
    versions: (tags) => tags.map((tag) => written[tag] ?? 0),
    answered(tags, versions) {
      for (const [i, tag] of tags.entries()) {
        const version = versions[i] ?? 0
        answers.set(`${tag} ${version}`, now())
        told[tag] = Math.max(told[tag] ?? 0, version)
      }
    },
    begin(tags) {
      const begun = now()
      const promises = tags.map((tag) => told[tag] ?? 0)
      return (versions) => {
        const ages = tags.flatMap((tag, i) => {
          const [version = 0, promised = 0] = [versions[i], promises[i]]
          return version < promised ? [age(tag, { version, promised, begun })] : []
        })
        if (ages.length === 0) return
        stale.count++
        stale.longest = Math.max(stale.longest, ...ages)
      }
    },
    stale: () => stale,
  }
}

type Lack = { version: number; promised: number; begun: number }
