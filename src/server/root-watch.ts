/** What the root component of a region threw before the head of the answer was sent. */
export type RegionFailure = { region: string; error: unknown }

/**
 * Watches the root components of an answer's regions, because what they throw decides its status:
 * a boundary that catches it later, in the browser, cannot. And what a layout refuses must not be in
 * the answer, so what lies below it waits for it.
 */
export interface RootWatch {
  /** A region's root is about to run. */
  expect(region: string): void
  done(region: string): void
  fail(region: string, error: unknown): void
  /**
   * Fulfilled when the roots of these regions are done, rejected when one has failed; `null` if
   * there is nothing to wait for.
   */
  after(regions: readonly string[]): Promise<void> | null
  /** The first failure, or `null` once all expected roots are done. */
  readonly settled: Promise<RegionFailure | null>
}

export function createRootWatch(): RootWatch {
  const pending = new Set<string>()
  const failed = new Map<string, unknown>()
  const waiting = new Set<() => void>()
  const { promise: settled, resolve } = Promise.withResolvers<RegionFailure | null>()
  const look = (): void => {
    for (const wake of waiting) wake()
  }
  return {
    settled,
    expect: (region) => pending.add(region),
    done(region) {
      pending.delete(region)
      if (pending.size === 0 && failed.size === 0) resolve(null)
      look()
    },
    fail(region, error) {
      failed.set(region, error)
      resolve({ region, error })
      look()
    },
    after(regions) {
      if (!regions.some((region) => pending.has(region))) return null
      return new Promise((fulfil, reject) => {
        const wake = (): void => {
          const broken = regions.find((region) => failed.has(region))
          if (broken !== undefined) reject(failed.get(broken))
          else if (!regions.some((region) => pending.has(region))) fulfil()
          else return
          waiting.delete(wake)
        }
        waiting.add(wake)
        wake()
      })
    },
  }
}
