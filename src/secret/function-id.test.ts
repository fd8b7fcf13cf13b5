import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { maxIdLength } from '../wire/reference.ts'
import type { FunctionIdentity } from '../wire/reference.ts'
import { pathOfReadableId, readableId, secretId } from './function-id.ts'

const create: FunctionIdentity = { path: 'app/actions.ts', name: 'create', hash: '', arity: 2 }

test('an id is 128 bits in base64url and the number of parameters', () => {
  expect(secretId('secret', create)).toMatch(/^[\w-]{22}2$/)
})

test('the same secret always makes the same id', () => {
  expect(secretId('secret', create)).toBe(secretId('secret', { ...create }))
})

test.for([
  { path: 'app/other.ts' },
  { name: 'remove' },
  { hash: 'c0ffee' },
  { arity: 3 },
  { arity: null },
])('another %o makes another id, beyond its last character', (change) => {
  const id = secretId('secret', { ...create, ...change })
  expect(id.slice(0, 22)).not.toBe(secretId('secret', create).slice(0, 22))
})

test('another secret makes another id', () => {
  expect(secretId('other', create)).not.toBe(secretId('secret', create))
})

test('the id of an inline function in development does not change when its source does', () => {
  expect(readableId({ ...create, hash: 'a' })).toBe(readableId({ ...create, hash: 'b' }))
})

test('an id in development is readable', () => {
  expect(readableId(create)).toBe('app/actions.ts#create2')
  expect(readableId({ ...create, path: 'app/(shop)/posts/[id]/page.tsx' })).toBe(
    'app/(shop)/posts/[id]/page.tsx#create2',
  )
})

test('an id in development fits into a header and names its file, whatever the path', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }), (path) => {
      const id = readableId({ ...create, path })
      expect(id).toMatch(/^[\x21-\x7e]+$/)
      expect(id.length).toBeLessThanOrEqual(maxIdLength)
      const named = pathOfReadableId(id)
      expect(named === path || (named === null && id.startsWith('~'))).toBe(true)
    }),
  )
})

test.for(['', '#', '#create', 'app/actions.ts', '%zz#x', `${'a'.repeat(200)}#x`])(
  '%j names no file',
  (id) => {
    expect(pathOfReadableId(id)).toBeNull()
  },
)
