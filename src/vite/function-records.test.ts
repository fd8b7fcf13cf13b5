import { expect, test } from 'vitest'
import type { CompiledFunction } from '../compiler/compile-server.ts'
import { createFunctionRecords } from './function-records.ts'

const create: CompiledFunction = {
  path: 'app/actions.ts',
  name: 'create',
  hash: '',
  arity: 1,
  id: 'id-of-create',
  exportName: 'create',
  exportNames: ['create', 'default'],
  exported: true,
  line: 3,
}
const actions = '/root/app/actions.ts'

function importing(importer: string, name: string) {
  const imports = [{ from: './actions', name }]
  return {
    id: importer,
    record: { imports, reexports: [], stars: [], exports: [] },
    resolved: new Map([['./actions', actions]]),
  }
}

test('a module that was only announced is unseen until it is compiled', () => {
  const records = createFunctionRecords()
  records.announce(actions)
  expect(records.unseen()).toEqual([actions])
  records.setFunctions(actions, [create])
  expect(records.unseen()).toEqual([])
  expect(records.modules()).toEqual([actions])
})

test('compiling a module again replaces what it held', () => {
  const records = createFunctionRecords()
  records.setFunctions(actions, [create])
  records.setFunctions(actions, [])
  expect(records.functionsOf(actions)).toEqual([])
})

test('importers of both environments count, under each name of a function', () => {
  const records = createFunctionRecords()
  records.setImporters('rsc', [importing('/root/app/page.tsx', 'create')])
  records.setImporters('ssr', [importing('/root/app/form.tsx', 'default')])
  expect(records.importersOf(actions, create.exportNames)).toEqual([
    '/root/app/form.tsx',
    '/root/app/page.tsx',
  ])
  expect(records.importersOf(actions, ['other'])).toEqual([])
})

test('a later pass over an environment replaces the earlier one', () => {
  const records = createFunctionRecords()
  records.setImporters('rsc', [importing('/root/app/page.tsx', 'create')])
  records.setImporters('rsc', [])
  expect(records.importersOf(actions, ['create'])).toEqual([])
})
