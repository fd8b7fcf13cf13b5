import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { findMiddleware, isMiddlewareFile } from './middleware-file.ts'

function find(files: string[], app = 'app'): string | null {
  const root = mkdtempSync(path.join(tmpdir(), 'volley-middleware-'))
  mkdirSync(path.join(root, 'src'))
  for (const file of files) writeFileSync(path.join(root, file), '')
  return findMiddleware(root, path.join(root, app))
}

test.for([
  [[], 'app', null],
  [['middleware.ts'], 'app', 'middleware.ts'],
  [['proxy.js'], 'app', 'proxy.js'],
  [['src/proxy.ts'], 'src/app', 'src/proxy.ts'],
  [['middleware.ts'], 'src/app', 'middleware.ts'],
  [['src/middleware.ts'], 'app', null],
  [['middleware.test.ts', 'middleware.css'], 'app', null],
] as const)('of %j beside %s it is %s', ([files, app, found]) => {
  expect(find([...files], app)).toBe(found)
})

test('two of them are an error that names both', () => {
  expect(() => find(['proxy.ts', 'middleware.ts'])).toThrow(
    'proxy.ts and middleware.ts would both be what requests go through first: keep one.',
  )
})

test('a file is known by its name', () => {
  expect(['/a/proxy.ts', '/a/middleware.mjs', '/a/page.tsx'].map(isMiddlewareFile)).toEqual([
    true,
    true,
    false,
  ])
})
