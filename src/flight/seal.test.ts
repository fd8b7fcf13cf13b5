import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createSeals, SealError } from './seal.ts'

const seals = createSeals(['a secret of the test'])

test('what was sealed opens again, and never shows its content', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const sealed = seals.seal(text, 'f')
      expect(seals.open(sealed, ['f'])).toBe(text)
    }),
  )
  expect(Buffer.from(seals.seal('canary', 'f'), 'base64url').toString('latin1')).not.toMatch(
    'canary',
  )
})

test('a flipped bit anywhere, a cut, or another function is refused', () => {
  const sealed = Buffer.from(seals.seal('text', 'f'), 'base64url')
  for (let i = 0; i < sealed.length; i++) {
    const altered = Buffer.from(sealed)
    altered[i] = altered[i]! ^ 1
    expect(() => seals.open(altered.toString('base64url'), ['f'])).toThrow(SealError)
  }
  const text = sealed.toString('base64url')
  expect(() => seals.open(text.slice(0, -1), ['f'])).toThrow(SealError)
  expect(() => seals.open('', ['f'])).toThrow(SealError)
  expect(() => seals.open(text, ['g'])).toThrow(SealError)
})

test('after a rotation the new key seals and both open', () => {
  const rotated = createSeals(['newer', 'a secret of the test'])
  expect(rotated.open(seals.seal('old', 'f'), ['f'])).toBe('old')
  expect(() => seals.open(rotated.seal('new', 'f'), ['f'])).toThrow(SealError)
})

test('what was sealed for any of the names of a function opens', () => {
  expect(seals.open(seals.seal('text', 'old'), ['new', 'old'])).toBe('text')
})

test('the same text is sealed differently each time', () => {
  expect(seals.seal('x', 'f')).not.toBe(seals.seal('x', 'f'))
})

test('alike seals are names of what they hold: equal for equal texts, and for nothing else', () => {
  const sealed = seals.sealAlike('text', 'f')
  expect(sealed).toBe(createSeals(['a secret of the test']).sealAlike('text', 'f'))
  expect(seals.open(sealed, ['f'])).toBe('text')
  const others = [
    seals.sealAlike('texts', 'f'),
    seals.sealAlike('text', 'g'),
    seals.sealAlike('t', 'f\0tex'),
    createSeals(['another']).sealAlike('text', 'f'),
  ]
  const nonces = [sealed, ...others].map((one) =>
    Buffer.from(one, 'base64url').toString('hex', 4, 16),
  )
  expect(new Set(nonces).size).toBe(5)
})
