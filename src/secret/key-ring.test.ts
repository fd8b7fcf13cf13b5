import { mkdtempSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { fingerprint, keyFile, loadKeyRing, loadOrCreateKeyRing, parseKeyRing } from './key-ring.ts'

const emptyRoot = () => mkdtempSync(path.join(tmpdir(), 'volley-key-'))

test('VOLLEY_SECRET holds secrets separated by commas, newest first', () => {
  expect(parseKeyRing('new, old')).toEqual(['new', 'old'])
})

test.for(['', ',', 'new,', 'new,,old', ' , old'])('%j is refused: a secret is empty', (value) => {
  expect(() => parseKeyRing(value)).toThrow(/VOLLEY_SECRET holds an empty secret/)
})

test('without VOLLEY_SECRET a key is made once and then kept', () => {
  const root = emptyRoot()
  const first = loadOrCreateKeyRing(root, {})
  expect(first.source).toBe('file')
  expect(Buffer.from(first.ring[0], 'base64url')).toHaveLength(32)
  expect(loadOrCreateKeyRing(root, {})).toEqual(first)
  expect(loadKeyRing(root, {})).toEqual(first.ring)
})

test('only the owner may read the key', () => {
  const root = emptyRoot()
  loadOrCreateKeyRing(root, {})
  expect(statSync(keyFile(root)).mode & 0o077).toBe(0)
})

test('a server does not make a key', () => {
  expect(loadKeyRing(emptyRoot(), {})).toBeNull()
})

test('VOLLEY_SECRET is used instead of the key of the machine', () => {
  const root = emptyRoot()
  loadOrCreateKeyRing(root, {})
  expect(loadKeyRing(root, { VOLLEY_SECRET: 'b,a' })).toEqual(['b', 'a'])
  expect(loadOrCreateKeyRing(root, { VOLLEY_SECRET: 'b,a' })).toEqual({
    ring: ['b', 'a'],
    source: 'environment',
  })
})

test('a fingerprint tells secrets apart and is not the secret', () => {
  expect(fingerprint('one')).toMatch(/^[0-9a-f]{12}$/)
  expect(fingerprint('one')).not.toBe(fingerprint('two'))
})
