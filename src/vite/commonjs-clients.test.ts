import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createServer } from 'vite'
import { expect, onTestFinished, test } from 'vitest'
import { commonjsClients } from './commonjs-clients.ts'

/** What the server's side gets of `index.js` of a package that has these files. */
async function compiled(files: Record<string, string>): Promise<string> {
  const root = mkdtempSync(path.join(tmpdir(), 'commonjs-'))
  const folder = path.join(root, 'node_modules/widget')
  mkdirSync(folder, { recursive: true })
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text)
  const server = await createServer({
    root,
    configFile: false,
    logLevel: 'silent',
    plugins: [commonjsClients()],
    environments: { rsc: { consumer: 'client', optimizeDeps: { noDiscovery: true } } },
    server: { middlewareMode: true, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true },
  })
  onTestFinished(async () => {
    await server.close()
    rmSync(root, { recursive: true })
  })
  const result = await server.environments.rsc?.transformRequest(`${folder}/index.js`)
  return result?.code ?? ''
}

const directive = "'use client'\n"

test('what a module assigns to its exports is exported', async () => {
  const code = `${directive}exports.__esModule = true; exports.Button = 1; exports['a-b'] = 2`
  expect(await compiled({ 'index.js': code })).toBe(
    "'use client'; const value = null; export { value as default, value as Button }",
  )
})

test('what it hands on of another module is exported as well', async () => {
  const code = `${directive}module.exports = require('./inner.js')`
  const files = { 'index.js': code, 'inner.js': 'exports.Card = 1; exports.default = 2' }
  expect(await compiled(files)).toContain('{ value as default, value as Card }')
})

test('modules with export statements and without the directive stay as they are', async () => {
  for (const code of [`${directive}export const a = 1`, "exports.text = 'use client'"]) {
    expect(await compiled({ 'index.js': code })).toContain(code)
  }
})
