import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { precompress } from './precompress.ts'

test('text above 1 kB gets compressed copies, everything else stays alone', async () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'volley-compress-'))
  mkdirSync(path.join(directory, 'assets'))
  const text = 'const answer = 42\n'.repeat(500)
  writeFileSync(path.join(directory, 'assets/app.js'), text)
  writeFileSync(path.join(directory, 'small.js'), 'x')
  writeFileSync(path.join(directory, 'photo.png'), text)

  const sizes = await precompress(directory)

  expect(readdirSync(directory).toSorted()).toEqual(['assets', 'photo.png', 'small.js'])
  const copy = (ending: string) => readFileSync(path.join(directory, `assets/app.js${ending}`))
  expect(brotliDecompressSync(copy('.br')).toString()).toBe(text)
  expect(gunzipSync(copy('.gz')).toString()).toBe(text)
  expect(sizes.files).toBe(3)
  expect(sizes.bytes).toBe(2 * text.length + 1)
  expect(sizes.gzipBytes).toBeLessThan(sizes.bytes)
})
