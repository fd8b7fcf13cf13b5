import type { cachedCall } from '../flight/cached-call.ts'
import type { CacheStore } from '../store/cache-store.ts'
import { createMemoryStore } from '../store/memory-store.ts'

/** What the server gives to the cache when it starts. */
export type CacheSetup = {
  store: CacheStore
  /**
   * Makes the call of a cached function from its arguments. It knows React, which the entries of the
   * package must do without: what uses them can be tested in plain Node. `null` keeps no results.
   */
  callOf: typeof cachedCall | null
  /** Identifies the build: elements that another one has made are not for this one's pages. */
  build: string
  /** Told of what fails in the background. `name` is the cached work's. */
  report: (error: unknown, name: string) => void
  /** Work that nobody waits for, but that the process must not end without. */
  track: (work: Promise<void>) => void
}

/** Until the server starts, as in a test of one function. */
let installed: CacheSetup = {
  store: createMemoryStore(),
  callOf: null,
  build: '',
  report: (error) => process.emitWarning(String(error), 'VolleyWarning'),
  track: () => undefined,
}

/** Called once when the server starts. */
export function installCache(setup: CacheSetup): void {
  installed = setup
}

export function cacheSetup(): CacheSetup {
  return installed
}
