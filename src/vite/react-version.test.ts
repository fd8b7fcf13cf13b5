import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { flightVersion, reactVersion, requireFlight, requireReact } from './react-version.ts'

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

test('the version of Flight is that of the copy which is built in', () => {
  expect(flightVersion(process.cwd())).toMatch(/^19\.\d+\.\d+$/)
})

test.for(['19.3.1', '19.3.9'])('Flight %s may be served with React 19.3.1', (version) => {
  expect(() => requireFlight(version, '19.3.1')).not.toThrow()
})

test('a Flight that is too old, or of another minor version, is refused', () => {
  expect(() => requireFlight('19.3.0', '19.3.1')).toThrow("React's Flight 19.3.0, but 19.3.1")
  expect(() => requireFlight('19.4.0', '19.3.1')).toThrow('React is 19.3.1, but')
})
