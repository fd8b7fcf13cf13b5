import { beforeEach } from 'vitest'
import { installCache } from '../../src/cache/installed.ts'
import { cachedCall } from '../../src/flight/cached-call.ts'
import { createMemoryStore } from '../../src/store/memory-store.ts'

/** What the cache of a test has left to the background, and what has failed there. */
export type MemoryCache = {
  readonly background: Promise<void>[]
  readonly reported: [name: string, error: unknown][]
}

/** Gives each test of a file an empty cache in memory. */
export function useMemoryCache(): MemoryCache {
  const cache: MemoryCache = { background: [], reported: [] }
  beforeEach(() => {
    cache.background.length = 0
    cache.reported.length = 0
    installCache({
      store: createMemoryStore(),
      callOf: cachedCall,
      build: 'this-build',
      report: (error, name) => cache.reported.push([name, error]),
      track: (work) => cache.background.push(work),
    })
  })
  return cache
}
