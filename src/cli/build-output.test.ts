import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { fingerprint } from '../secret/key-ring.ts'
import { readBuild, requireKey } from './build-output.ts'

const list = { key: fingerprint('build'), react: '19.3.1', flight: '19.3.1', functions: [] }

function buildWith(functions: object): string {
  const root = mkdtempSync(path.join(tmpdir(), 'volley-build-'))
  mkdirSync(path.join(root, 'dist/server'), { recursive: true })
  writeFileSync(path.join(root, 'dist/server/functions.json'), JSON.stringify(functions))
  return root
}

test('a build is where `volley build` wrote it', () => {
  const root = buildWith(list)
  expect(readBuild(root)).toEqual({
    client: path.join(root, 'dist/client'),
    entry: path.join(root, 'dist/server/index.js'),
    functions: list,
  })
})

test('without a build it is said how to make one', () => {
  const root = mkdtempSync(path.join(tmpdir(), 'volley-build-'))
  expect(() => readBuild(root)).toThrow(/There is no build in .*dist. Run `volley build` first./)
})

test('a build with an old React is not served', () => {
  expect(() => readBuild(buildWith({ ...list, react: '19.1.0' }))).toThrow('React 19.1.0')
})

test('nor is one with an old Flight', () => {
  expect(() => readBuild(buildWith({ ...list, flight: '19.3.0' }))).toThrow('Flight 19.3.0')
})

test('a build of an older Volley has to be made again', () => {
  const { flight: _, ...older } = list
  expect(() => readBuild(buildWith(older))).toThrow('Run `volley build` again')
})

test('a ring that holds the build’s key anywhere may serve it', () => {
  expect(requireKey(list, ['newer', 'build'])).toEqual(['newer', 'build'])
})

test('a ring without the build’s key is refused by fingerprints, never by the keys', () => {
  expect(() => requireKey(list, ['other-secret'])).toThrow(
    `built with the key ${fingerprint('build')}, which is not in the key ring`,
  )
  expect(() => requireKey(list, ['other-secret'])).toThrow(fingerprint('other-secret'))
  expect(() => requireKey(list, ['other-secret'])).not.toThrow(/other-secret/)
})

test('no key at all is refused with the variable to set', () => {
  expect(() => requireKey(list, null)).toThrow(/VOLLEY_SECRET is not set/)
})
