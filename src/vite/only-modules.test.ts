import { expect, test } from 'vitest'
import { misplaced } from './only-modules.ts'

const root = '/app'

test('server code in the browser is told with its importers and the way out', () => {
  const chain = ['/app/app/db.ts', '/app/app/counter.tsx', '\0virtual:client-references']
  expect(misplaced('\0misplaced/server-only', chain, root)).toBe(
    "app/db.ts imports 'server-only', but it would be sent to the browser. " +
      'Use it in a Server Component or behind a server function, and pass what the component needs as a prop.\n' +
      '  imported by app/counter.tsx',
  )
})

test('client code on the server is told with the directive that it needs', () => {
  const message = misplaced('\0misplaced/client-only', ['/app/app/size.ts?v=1'], root)
  expect(message).toContain("app/size.ts imports 'client-only'")
  expect(message).toContain("Write 'use client' at the top")
})

test('a package that is the culprit is named, whatever imports it', () => {
  const chain = ['/app/node_modules/db/index.js', '/app/app/page.tsx']
  expect(misplaced('\0misplaced/server-only', chain, root)).toContain(
    "node_modules/db/index.js imports 'server-only'",
  )
})
