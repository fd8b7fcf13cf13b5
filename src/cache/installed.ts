import { createMemoryStore } from '../store/memory-store.ts'
import type { CacheStore } from '../store/cache-store.ts'

/** What the server gives to the cache when it starts. */
export type CacheSetup = {
  store: CacheStore
  /** Identifies the build: elements that another one has made are not for this one's pages. */
  build: string
  /** Told of what fails in the background. `name` is the cached work's. */
  report: (error: unknown, name: string) => void
  /** Work that nobody waits for, but that the process must not end without. */
  track: (work: Promise<void>) => void
}

/** Until the server starts, as in a test of one function: a cache of this process. */
let installed: CacheSetup = {
  store: createMemoryStore(),
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
