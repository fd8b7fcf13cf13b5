import { expect, test } from 'vitest'
import { secretId } from './function-id.ts'
import { otherIds, type FunctionList } from './function-list.ts'
import { fingerprint } from './key-ring.ts'

const identity = { path: 'app/actions.ts', name: 'create', hash: '', arity: 1 }
const id = secretId('build', identity)
const list: FunctionList = {
  key: fingerprint('build'),
  react: '19.3.1',
  flight: '19.3.1',
  functions: [{ ...identity, id, exportName: 'create', line: 3, exported: true, referencedBy: [] }],
}

test('a ring of the build’s key alone knows no other ids', () => {
  expect(otherIds(list, ['build'])).toEqual(new Map())
})

test('every other key of the ring gives each function one more id', () => {
  expect(otherIds(list, ['newer', 'build', 'older'])).toEqual(
    new Map([
      [secretId('newer', identity), id],
      [secretId('older', identity), id],
    ]),
  )
})
