/** What something is made of that may be kept: it can be no newer, and no longer valid, than that. */
export interface Dependencies {
  /** Of the cached work that it used. */
  readonly tags: Set<string>
  /** The earliest time at which a part of it is no longer fresh, or usable: milliseconds since 1970. */
  freshUntil: number
  usableUntil: number
  /** What it read of its request, as users write it: `cookies()`. Such a result is for one visitor. */
  readsRequest: string | null
  /** Whether a part of it could not be rendered: the next attempt may do better. */
  hasFailed: boolean
}

export function createDependencies(): Dependencies {
  return {
    tags: new Set(),
    freshUntil: Infinity,
    usableUntil: Infinity,
    readsRequest: null,
    hasFailed: false,
  }
}

/** Adds what a part of it is made of. */
export function addDependency(
  to: Dependencies,
  part: Pick<Dependencies, 'freshUntil' | 'usableUntil'> & { tags: Iterable<string> },
): void {
  for (const tag of part.tags) to.tags.add(tag)
  to.freshUntil = Math.min(to.freshUntil, part.freshUntil)
  to.usableUntil = Math.min(to.usableUntil, part.usableUntil)
}

/** Notes that it must not be kept, whatever it says: nobody could invalidate it. */
export function neverKeep(dependencies: Dependencies): void {
  dependencies.usableUntil = never
}

export function isNeverKept({ usableUntil }: Dependencies): boolean {
  return usableUntil === never
}

/** As a time it passes from a part to the whole. */
const never = -Infinity
