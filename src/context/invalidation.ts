/** What a server function or a route handler declared to be out of date. */
export interface Invalidation {
  readonly tags: Set<string>
  /** A path of the app, or a route's pattern, and what it covers. */
  readonly paths: InvalidPath[]
  /** `refresh()`: the page is rendered again, but nothing that is kept elsewhere is dropped. */
  refresh: boolean
}

/** Adds what another run of the same call has declared. */
export function addInvalidation(to: Invalidation, from: Invalidation): void {
  for (const tag of from.tags) to.tags.add(tag)
  to.paths.push(...from.paths)
  to.refresh ||= from.refresh
}

/** `layout` covers every page below the path as well. */
export type InvalidPath = { path: string; covers: 'page' | 'layout' }

export function createInvalidation(): Invalidation {
  return { tags: new Set(), paths: [], refresh: false }
}

/** Does the answer have to carry UI because of it? */
export function isInvalidated({ tags, paths, refresh }: Invalidation): boolean {
  return refresh || tags.size > 0 || paths.length > 0
}
