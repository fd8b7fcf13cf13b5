import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createBuilder } from 'vite'
import { expect, onTestFinished, test } from 'vitest'
import { cssImports } from './css-imports.ts'

/** The styles that a build of the server's side makes of a style sheet, beside a package of both. */
async function built(css: string): Promise<string> {
  const root = mkdtempSync(path.join(tmpdir(), 'css-'))
  onTestFinished(() => rmSync(root, { recursive: true }))
  const folder = path.join(root, 'node_modules/both')
  mkdirSync(folder, { recursive: true })
  const exports = { '.': { style: './both.css', default: './both.js' } }
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ name: 'both', exports }))
  writeFileSync(path.join(folder, 'both.css'), '.both { color: red }')
  writeFileSync(path.join(folder, 'both.js'), 'export {}')
  writeFileSync(path.join(root, 'entry.js'), "import './app.css'")
  writeFileSync(path.join(root, 'beside.css'), '.beside { color: red }')
  writeFileSync(path.join(root, 'app.css'), css)
  const builder = await createBuilder({
    root,
    configFile: false,
    logLevel: 'silent',
    plugins: [cssImports()],
    environments: {
      rsc: {
        consumer: 'server',
        build: {
          write: false,
          emitAssets: true,
          rolldownOptions: { input: path.join(root, 'entry.js') },
        },
      },
    },
  })
  const output = await builder.build(builder.environments['rsc']!)
  const files = 'output' in output ? output.output : []
  return files.map((file) => (file.type === 'asset' ? String(file.source) : '')).join('')
}

test.for(["'both'", '"both"', "url('both')", "'both' layer(base)"])(
  '@import %s takes the style sheet of a package that has code as well',
  async (imported) => {
    expect(await built(`@import ${imported};\n.own { color: red }`)).toMatch(/\.both.*\.own/s)
  },
)

test('a file beside the style sheet is imported as before', async () => {
  expect(await built("@import './beside.css';")).toContain('.beside')
  expect(await built("@import 'beside.css';")).toContain('.beside')
  expect(await built("@import 'https://example.com/a.css';")).toContain('https://example.com/a.css')
})
