import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { readNextSite } from './next-config.ts'

function root(file?: string, text = ''): string {
  const directory = mkdtempSync(path.join(tmpdir(), 'volley-next-config-'))
  if (file !== undefined) writeFileSync(path.join(directory, file), text)
  return directory
}

test('an app without the file has none', async () => {
  expect(await readNextSite(root())).toBeNull()
})

test.for([
  ['next.config.ts', "const config: object = { basePath: '/docs' }\nexport default config"],
  ['next.config.mjs', "export default async () => ({ basePath: '/docs' })"],
  ['next.config.js', "module.exports = { basePath: '/docs' }"],
  ['next.config.cjs', "module.exports = (phase) => ({ basePath: phase ? '/docs' : '' })"],
] as const)('%s is read', async ([file, text]) => {
  const directory = root(file, text)
  const site = await readNextSite(directory)
  expect([site?.file, site?.basePath]).toEqual([path.join(directory, file), '/docs'])
})

test('it sees the variables of the app', async () => {
  const directory = root('next.config.mjs', 'export default { basePath: process.env.THE_BASE }')
  writeFileSync(path.join(directory, '.env'), 'THE_BASE=/from-env')
  expect((await readNextSite(directory))?.basePath).toBe('/from-env')
})

test('a file that fails, or exports no options, is an error that names it', async () => {
  await expect(readNextSite(root('next.config.mjs', 'throw new Error("no")'))).rejects.toThrow(
    'next.config.mjs cannot be read: no',
  )
  await expect(readNextSite(root('next.config.mjs', 'export default 7'))).rejects.toThrow(
    'next.config.mjs cannot be read: it must export an object or a function that returns one, not number',
  )
})
