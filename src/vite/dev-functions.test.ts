import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { RunnableDevEnvironment } from 'vite'
import { expect, test } from 'vitest'
import type { CompiledFunction } from '../compiler/compile-server.ts'
import { createDevFunctions } from './dev-functions.ts'
import { createFunctionRecords } from './function-records.ts'

const root = mkdtempSync(path.join(tmpdir(), 'volley-dev-'))
const file = path.join(root, 'app/actions.ts')
mkdirSync(path.dirname(file))
writeFileSync(file, '')
writeFileSync(path.join(root, 'package.json'), '{}')
writeFileSync(path.join(root, '..', 'outside.ts'), '')

const create: CompiledFunction = {
  path: 'app/actions.ts',
  name: 'create',
  hash: '',
  arity: 1,
  id: 'app/actions.ts#create1',
  exportName: 'create',
  exportNames: ['create'],
  exported: true,
  line: 1,
}

/** A dev environment whose modules register `create` when they are compiled, as `moduleId`. */
function setUp(moduleId = file, registers = true) {
  const records = createFunctionRecords()
  const imported: string[] = []
  const transformRequest = async (): Promise<void> => {
    if (registers) records.setFunctions(moduleId, [create])
  }
  const runner = {
    async import(id: string) {
      imported.push(id)
      return { create: 'the function', secret: 'not a function' }
    },
  }
  // The environment has far more, none of which a look-up needs.
  const environment = {
    config: { root },
    runner,
    transformRequest,
  } as unknown as RunnableDevEnvironment
  return { records, imported, functions: createDevFunctions(environment, records) }
}

test('a function that was compiled is found by its id', async () => {
  const { records, functions } = setUp()
  records.setFunctions(file, [create])
  expect(functions.get(create.id)?.name).toBe('app/actions.ts#create')
  expect(await functions.get(create.id)?.load()).toBe('the function')
})

test('after a restart the file that an id names is compiled first', async () => {
  const { functions, imported } = setUp()
  expect(await functions.get(create.id)?.load()).toBe('the function')
  expect(imported).toEqual([file])
})

test('a file that registers no such function is compiled, but never run', async () => {
  const { functions, imported } = setUp(file, false)
  expect(await functions.get(create.id)?.load()).toBeUndefined()
  expect(imported).toEqual([])
})

test('a module whose id has a query is found too', async () => {
  const { functions } = setUp(`${file}?v=1`)
  expect(await functions.get(create.id)?.load()).toBe('the function')
})

test('an export that is no server function is not loaded', async () => {
  expect(await setUp().functions.get('app/actions.ts#secret1')?.load()).toBeUndefined()
})

test('an id with another number of parameters is another id', async () => {
  expect(await setUp().functions.get('app/actions.ts#create2')?.load()).toBeUndefined()
})

test.for([
  '../outside.ts#x0',
  'app/missing.ts#x0',
  'package.json#x0',
  '/etc/passwd#x0',
  'toString',
  '#x0',
])('%s names no module of the app, and nothing is loaded', (id) => {
  const { functions, imported } = setUp()
  expect(functions.get(id)).toBeUndefined()
  expect(imported).toEqual([])
})
