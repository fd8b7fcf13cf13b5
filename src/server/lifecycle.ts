/** Whether the server takes requests, and what has to be finished before it may end. */
export interface Lifecycle {
  readonly isStopping: boolean
  stop(): void
  /** Counts a request as being answered until the function that it returns is called. */
  enter(): () => void
  /** Work that nobody waits for, as that of `after()`. It must not reject. */
  track(work: Promise<void>): void
  /** Settles when nothing is being answered, also for clients that have left, and no work is left. */
  settled(): Promise<void>
}

export function createLifecycle(): Lifecycle {
  const works = new Set<Promise<void>>()
  const waiting: (() => void)[] = []
  let answering = 0
  let isStopping = false
  const leave = (): void => {
    answering--
    if (answering === 0) for (const go of waiting.splice(0)) go()
  }
  const isBusy = (): boolean => answering > 0
  return {
    get isStopping() {
      return isStopping
    },
    stop() {
      isStopping = true
    },
    enter() {
      answering++
      return leave
    },
    track(work) {
      works.add(work)
      void work.finally(() => works.delete(work))
    },
    async settled() {
      while (isBusy() || works.size > 0) {
        if (isBusy()) await new Promise<void>((go) => waiting.push(go))
        // An answer leaves its work behind when its adapter has seen that the client is gone.
        await new Promise((resolve) => setImmediate(resolve))
        await Promise.all(works)
      }
    },
  }
}
