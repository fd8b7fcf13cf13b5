/** Whether the server takes requests, and what has to be finished before it may end. */
export interface Lifecycle {
  readonly isStopping: boolean
  stop(): void
  /** Work that nobody waits for, as that of `after()`. It must not reject. */
  track(work: Promise<void>): void
  /** Settles when no tracked work is left. */
  settled(): Promise<void>
}

export function createLifecycle(): Lifecycle {
  const works = new Set<Promise<void>>()
  let isStopping = false
  return {
    get isStopping() {
      return isStopping
    },
    stop() {
      isStopping = true
    },
    track(work) {
      works.add(work)
      void work.finally(() => works.delete(work))
    },
    async settled() {
      // What is awaited may leave more behind.
      while (works.size > 0) await Promise.all(works)
    },
  }
}
