import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { findMiddleware, isMiddlewareFile } from './middleware-file.ts'

function find(files: string[]): string | null {
  const root = mkdtempSync(path.join(tmpdir(), 'volley-middleware-'))
  mkdirSync(path.join(root, 'src'))
  for (const file of files) writeFileSync(path.join(root, file), '')
  const found = findMiddleware(root)
  return found && path.relative(root, found)
}

test.for([
  [[], null],
  [['middleware.ts'], 'middleware.ts'],
  [['proxy.js'], 'proxy.js'],
  [['src/proxy.ts'], 'src/proxy.ts'],
  [['src/middleware.mts'], 'src/middleware.mts'],
  [['middleware.test.ts', 'middleware.css'], null],
] as const)('of %j requests go through %s', ([files, found]) => {
  expect(find([...files])).toBe(found)
})

test.for([
  [['proxy.ts', 'middleware.ts'], 'proxy.ts and middleware.ts'],
  [['middleware.ts', 'src/middleware.ts'], 'middleware.ts and src/middleware.ts'],
] as const)('two of them are an error that names both: %j', ([files, both]) => {
  expect(() => find([...files])).toThrow(
    `${both} would both be what requests go through first: keep one.`,
  )
})

test.for([
  ['/app/proxy.ts', true],
  ['/app/src/middleware.mjs', true],
  ['/app/lib/middleware.ts', false],
  ['/app/app/page.tsx', false],
] as const)('%s is what requests may go through: %s', ([file, isIt]) => {
  expect(isMiddlewareFile('/app', file)).toBe(isIt)
})
