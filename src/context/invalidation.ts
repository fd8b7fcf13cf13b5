/** What a server function or a route handler declared to be out of date. */
export interface Invalidation {
  /** Expired tags, those of paths among them: what carries one is made again for its next reader. */
  readonly tags: Set<string>
  /** What the stores of cached work were not told yet. */
  readonly untold: { tag: string; staleUntil?: number }[]
  /** `refresh()`: the page is rendered again, but nothing that is kept elsewhere is dropped. */
  refresh: boolean
}

/** Adds what another run has declared, and told. */
export function addInvalidation(
  to: Invalidation,
  from: { readonly tags: Iterable<string>; readonly refresh: boolean },
): void {
  for (const tag of from.tags) to.tags.add(tag)
  to.refresh ||= from.refresh
}

export function createInvalidation(): Invalidation {
  return { tags: new Set(), untold: [], refresh: false }
}

/** Does the answer have to carry UI because of it? */
export function isInvalidated({ tags, refresh }: Invalidation): boolean {
  return refresh || tags.size > 0
}
