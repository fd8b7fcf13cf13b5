import { defineConfig } from 'vitest/config'

/**
 * One worker and one module graph for all files, so that they share the running apps and the
 * browser: starting them for every file would take longer than the tests.
 */
export default defineConfig({
  test: {
    name: 'e2e',
    include: ['test/{behaviours,e2e,attacks,reliability}/**/*.test.ts'],
    globalSetup: ['test/e2e/global-setup.ts'],
    fileParallelism: false,
    isolate: false,
    testTimeout: 60_000,
    // A real browser on a shared machine: what fails twice in a row is broken.
    retry: process.env['CI'] ? 1 : 0,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 10_000, interval: 25 } },
    chaiConfig: { truncateThreshold: 500 },
  },
})
