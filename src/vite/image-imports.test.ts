import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createServer, type DevEnvironment } from 'vite'
import { expect, onTestFinished, test } from 'vitest'
import { imageImports } from './image-imports.ts'

async function environmentOf(name: string, text: string): Promise<DevEnvironment> {
  const root = mkdtempSync(path.join(tmpdir(), 'images-'))
  writeFileSync(path.join(root, name), text)
  const server = await createServer({
    root,
    configFile: false,
    logLevel: 'silent',
    plugins: [imageImports()],
    server: { middlewareMode: true, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true },
  })
  onTestFinished(async () => {
    await server.close()
    rmSync(root, { recursive: true })
  })
  return server.environments.client
}

const svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 12"/>'

test('an imported image is its URL and its size', async () => {
  const environment = await environmentOf('a.svg', svg)
  const { code } = (await environment.transformRequest('/a.svg')) ?? {}
  expect(code).toContain('width: 24, height: 12')
  expect(code).toMatch(/import src from "\/a\.svg\?(import&)?url"/)
})

test('with a query Vite has the last word', async () => {
  const environment = await environmentOf('a.svg', svg)
  expect((await environment.transformRequest('/a.svg?url'))?.code).toContain('export default "')
})

test('a file that is no image is told with the way out', async () => {
  const environment = await environmentOf('a.png', 'no image')
  const loading = environment.transformRequest('/a.png')
  await expect(loading).rejects.toThrow(/a\.png is no image whose size .*\?url/)
})
