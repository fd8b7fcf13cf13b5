import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { readMetadata } from './metadata-facts.ts'

const directory = mkdtempSync(path.join(tmpdir(), 'volley-metadata-'))

/** A GIF of 3 × 2 pixels: only what tells its size. */
const gif = Buffer.concat([Buffer.from('GIF89a'), Buffer.from([3, 0, 2, 0, 0, 0, 0])])

function read(file: string, content: string | Uint8Array) {
  mkdirSync(path.dirname(path.join(directory, file)), { recursive: true })
  writeFileSync(path.join(directory, file), content)
  return readMetadata(directory, [file, 'page.tsx'])[file]
}

test('an image has its size, its text, and its hash in its URL', () => {
  writeFileSync(path.join(directory, 'opengraph-image.alt.txt'), ' A picture\n')
  expect(read('opengraph-image.gif', gif)).toEqual({
    source: 'file',
    url: expect.stringMatching(/^\/opengraph-image\.gif\?[0-9a-f]{16}$/),
    type: 'image/gif',
    size: { width: 3, height: 2 },
    alt: 'A picture',
  })
})

test.for([
  ['(shop)/a b/icon.png', /^\/a%20b\/icon-shop\.png\?[0-9a-f]{16}$/],
  ['posts/[id]/twitter-image.gif', /^\/assets\/twitter-image-[0-9a-f]{16}\.gif$/],
  ['docs/[...all]/icon1.png', /^\/assets\/icon1-[0-9a-f]{16}\.png$/],
] as const)('%s has an address like %s', ([file, url]) => {
  expect(read(file, gif)).toMatchObject({ url: expect.stringMatching(url) })
})

test('a drawing and a text have no size', () => {
  expect(read('icon.svg', '<svg/>')).toMatchObject({ type: 'image/svg+xml', size: null })
  expect(read('robots.txt', '')).toMatchObject({ url: '/robots.txt', type: 'text/plain' })
  expect(read('manifest.json', '{}')).toMatchObject({ type: 'application/manifest+json' })
})

test('of code only the hash is known', () => {
  expect(read('icon.tsx', 'export {}')).toEqual({
    source: 'code',
    hash: expect.stringMatching(/^[0-9a-f]{16}$/),
  })
})

test('an image that is none is an error with its name', () => {
  expect(() => read('icon.png', 'text')).toThrow(
    /^app\/icon\.png cannot be read as an image \(.*\): replace or rename it\.$/,
  )
})
