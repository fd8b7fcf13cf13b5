import { expect, test } from 'vitest'
import { unknownModule } from './next-modules.ts'

const known = ['next/link', 'next/cache']

test('an unknown module of Next.js is told with its importer and with what there is', () => {
  expect(unknownModule('next/og', { importer: `${process.cwd()}/app/icon.tsx`, known })).toBe(
    'There is no "next/og" in Volley (imported by app/icon.tsx). Of Next.js\'s modules, Volley has next/cache, next/link.',
  )
})

test('`next` itself is for types', () => {
  expect(unknownModule('next', { importer: undefined, known })).toContain('import type')
})
