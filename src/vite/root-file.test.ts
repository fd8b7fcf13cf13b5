import { expect, test } from 'vitest'
import { isRootFile } from './root-file.ts'

test.for([
  ['/app/instrumentation.ts', true],
  ['/app/src/instrumentation.js', true],
  ['/app/lib/instrumentation.ts', false],
  ['/app/instrumentation.test.ts', false],
  ['/app/instrumentation-client.ts', false],
  ['/app/instrumentation.md', false],
  ['/other/instrumentation.ts', false],
] as const)('%s is a file of the root: %s', ([file, isIt]) => {
  expect(isRootFile('/app', 'instrumentation', file)).toBe(isIt)
})
