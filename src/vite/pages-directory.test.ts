import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { findPages } from './pages-directory.ts'

function find(files: readonly string[]): string | null {
  const root = mkdtempSync(path.join(tmpdir(), 'volley-pages-'))
  for (const file of files) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
    writeFileSync(path.join(root, file), '')
  }
  return findPages(root)
}

test.for([
  [['app/page.tsx'], null],
  [['pages/index.tsx'], 'pages'],
  [['pages/api/posts/[id].js'], 'pages'],
  [['src/pages/about.jsx'], 'src/pages'],
  [['pages/README.md', 'src/pages/home/ui.tsx'], null],
] as const)('of %j the routes that are not served are in %s (31)', ([files, found]) => {
  expect(find(files)).toBe(found)
})
