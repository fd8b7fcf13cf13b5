import { expect, test } from 'vitest'
import { createScannedSources, importersOfStyles } from './scan.ts'

const withoutRoot = (root: string) => (id: string) => id.replace(root, '')

test('the same sources have the same hash in another directory and in another order', () => {
  const here = createScannedSources()
  here.set('rsc', '/here/app/page.tsx', 'page')
  here.set('ssr', '/here/app/box.tsx', 'box')
  here.set('rsc', '\0virtual:app', 'import "/here/app/page.tsx"')
  const there = createScannedSources()
  there.set('ssr', '/there/app/box.tsx', 'box')
  there.set('rsc', '/there/app/page.tsx', 'page')
  expect(here.hash(withoutRoot('/here'))).toBe(there.hash(withoutRoot('/there')))
})

test('another text has another hash', () => {
  const sources = createScannedSources()
  sources.set('rsc', '/app/page.tsx', 'one')
  const before = sources.hash(String)
  sources.set('rsc', '/app/page.tsx', 'two')
  expect(sources.hash(String)).not.toBe(before)
})

test('whatever leads to a style sheet is styled, in circles too', () => {
  const importers: Record<string, string[]> = {
    '/app/theme.css': ['/app/button.js'],
    '/app/button.js': ['/app/page.js', '/app/icon.js'],
    '/app/icon.js': ['/app/button.js'],
    '/app/plain.js': ['/app/about.js'],
  }
  const graph = { importers: (id: string) => importers[id] ?? [] }
  expect(importersOfStyles(Object.keys(importers), graph)).toEqual(
    new Set(['/app/button.js', '/app/page.js', '/app/icon.js']),
  )
})
