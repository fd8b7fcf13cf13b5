import path from 'node:path'
import { expect, test } from 'vitest'
import { buildFixture } from '../support/fixture.ts'
import { runCommand } from '../support/run-command.ts'

const compiler = path.resolve('node_modules/.bin/tsc')

test.for([
  'docs-app',
  'routing-app',
  'slots-app',
  'calls-app',
  'guard-app',
  'middleware-app',
  'site-app',
  'looks-app',
  'starter-app',
  'typed-app',
])(
  '%s type-checks, with its imports of next/* untouched',
  { timeout: 120_000 },
  async (fixture) => {
    const root = await buildFixture(fixture)
    expect(runCommand(root, compiler, ['-p', '.'])).toBe('')
  },
)
