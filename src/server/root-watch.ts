/** What the root component of a region threw before the head of the answer was sent. */
export type RegionFailure = { region: string; error: unknown }

/**
 * Watches the root components of an answer's regions, because what they throw decides its status:
 * a boundary that catches it later, in the browser, cannot.
 */
export interface RootWatch {
  /** A region's root is about to run. */
  expect(region: string): void
  done(region: string): void
  fail(region: string, error: unknown): void
  /** The first failure, or `null` once all expected roots are done. */
  readonly settled: Promise<RegionFailure | null>
}

export function createRootWatch(): RootWatch {
  const pending = new Set<string>()
  const { promise: settled, resolve } = Promise.withResolvers<RegionFailure | null>()
  return {
    settled,
    expect: (region) => pending.add(region),
    done(region) {
      pending.delete(region)
      if (pending.size === 0) resolve(null)
    },
    fail: (region, error) => resolve({ region, error }),
  }
}
