import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { findClientFiles, isClientText } from './client-files.ts'

test.for([
  "'use client'\nimport x from 'x'",
  '"use client";',
  "// @ts-check\n/* a\n b */ 'use strict'; 'use client'",
])('%j starts with the directive', (text) => {
  expect(isClientText(text)).toBe(true)
})

test.for([
  "import x from 'x'\n'use client'",
  "'use server'",
  "// 'use client'",
  '',
  "('use client')",
])('%j does not', (text) => {
  expect(isClientText(text)).toBe(false)
})

test('the app is searched, without what it installs or builds', () => {
  const root = mkdtempSync(path.join(tmpdir(), 'volley-client-'))
  const write = (file: string, text: string) => {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
    writeFileSync(path.join(root, file), text)
  }
  write('app/button.tsx', "'use client'")
  write('app/page.tsx', "import { Button } from './button'")
  write('app/notes.md', "'use client'")
  write('node_modules/ui/index.js', "'use client'")
  write('dist/client/index.js', "'use client'")
  expect(findClientFiles(root)).toEqual([path.join(root, 'app/button.tsx')])
})
