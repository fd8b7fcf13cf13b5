import { expect, test } from 'vitest'
import { withRequire } from './dev-require.ts'

test('a module that calls require gets that of its file', () => {
  const { code } = withRequire(`export const name = require('./package.json').name`, '/app/a.ts')!
  expect(code).toBe(
    `import { createRequire as $$createRequire } from 'node:module';` +
      `const require = $$createRequire("/app/a.ts");` +
      `export const name = require('./package.json').name`,
  )
})

test.for([
  `const require = createRequire(import.meta.url); require('a')`,
  `import { require } from './loader'; require('a')`,
  `function require() {} require('a')`,
])('one that has its own keeps it: %s', (code) => {
  expect(withRequire(code, '/app/a.ts')).toBeNull()
})

test('one of an inner function is none of the module', () => {
  expect(withRequire(`export const load = (require) => require('a')`, '/app/a.ts')).not.toBeNull()
})
