import { expect, test } from 'vitest'
import { createClientManifest } from './client-manifest.ts'

const entryOf = (manifest: object, reference: string | symbol): unknown =>
  Reflect.get(manifest, reference)

test('an entry is the module and the export of its reference', () => {
  expect(entryOf(createClientManifest(), '/src/a#b.tsx#View')).toEqual({
    id: '/src/a#b.tsx',
    name: 'View',
    chunks: [],
    async: true,
  })
})

test('a tag makes the module another one, and leaves the export', () => {
  expect(entryOf(createClientManifest('$$cache=1'), 'a#b')).toMatchObject({
    id: 'a$$cache=1',
    name: 'b',
  })
})

test('what is no reference has no entry', () => {
  expect(entryOf(createClientManifest(), Symbol.iterator)).toBeNull()
})
