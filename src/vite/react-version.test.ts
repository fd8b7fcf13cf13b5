import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { reactVersion, requireReact } from './react-version.ts'

test.for(['19.3.1', '19.3.2', '19.4.0', '20.0.0'])('React %s may be served', (version) => {
  expect(() => requireReact(version)).not.toThrow()
})

test.for(['19.3.0', '19.2.9', '18.99.99', ''])('React %j is refused by its version', (version) => {
  expect(() => requireReact(version)).toThrow(`The app uses React ${version}, but 19.3.1`)
})

test('the version is that of the app’s own React', () => {
  expect(reactVersion(process.cwd())).toMatch(/^19\.\d+\.\d+$/)
})

test('an app without React is told what to install', () => {
  const root = mkdtempSync(path.join(tmpdir(), 'volley-react-'))
  expect(() => reactVersion(root)).toThrow(
    'react is not installed. Run `npm install react react-dom`.',
  )
})
