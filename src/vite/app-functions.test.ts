import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { ResolvedConfig } from 'vite'
import { expect, test } from 'vitest'
import type { CompiledFunction } from '../compiler/compile-server.ts'
import { fingerprint } from '../secret/key-ring.ts'
import { createAppFunctions } from './app-functions.ts'
import { createFunctionRecords } from './function-records.ts'
import { createRegionRecords } from './region-records.ts'
import { createScannedSources } from './scan.ts'

const root = mkdtempSync(path.join(tmpdir(), 'volley-app-'))
for (const name of ['react', 'react-dom']) {
  mkdirSync(path.join(root, 'node_modules', name), { recursive: true })
  const manifest = JSON.stringify({ name, version: '19.3.1' })
  writeFileSync(path.join(root, 'node_modules', name, 'package.json'), manifest)
}

const actions = path.join(root, 'app/actions.ts')
const page = path.join(root, 'app/page.tsx')

function compiled(name: string, exported: boolean): CompiledFunction {
  const exportNames = exported ? [name] : []
  const exportName = exported ? name : `$$hoist_0_${name}`
  const identity = { path: 'app/actions.ts', name, hash: '', arity: 0 }
  return { ...identity, id: `id-of-${name}`, exportName, exportNames, exported, line: 1 }
}

/** An app whose page imports `used` of three functions, one of them inline. */
function setUp(secret = 'secret') {
  const records = createFunctionRecords()
  const sources = createScannedSources()
  records.setFunctions(actions, [
    compiled('used', true),
    compiled('unused', true),
    compiled('inline', false),
  ])
  const imports = [{ from: './actions', name: 'used' }]
  const record = { imports, reexports: [], stars: [], exports: [] }
  const resolved = new Map([['./actions', actions]])
  records.setImporters('rsc', [{ id: page, record, resolved }])
  const keysOf = () => ({ ring: [secret] as const, source: 'environment' as const })
  const regions = createRegionRecords()
  return { sources, regions, functions: createAppFunctions({ records, regions, sources, keysOf }) }
}

/** The parts of Vite's configuration that the functions look at. */
function config(command: 'build' | 'serve', define = {}): ResolvedConfig {
  return { command, root, define, env: {}, plugins: [] } as unknown as ResolvedConfig
}

test('what is imported can be called, and what is inline; nothing else', () => {
  const { functions } = setUp().functions.list(root)
  expect(functions.map(({ name, referencedBy }) => [name, referencedBy])).toEqual([
    ['used', ['app/page.tsx']],
    ['inline', ['app/actions.ts']],
  ])
})

test('the list names the key by its fingerprint, and the version of React', () => {
  const list = setUp().functions.list(root)
  expect(list.key).toBe(fingerprint('secret'))
  expect(list.react).toBe('19.3.1')
  expect(JSON.stringify(list)).not.toContain('"secret"')
})

test('the table of a build holds exactly the functions of the list', () => {
  const { functions } = setUp().functions.table(config('build'))
  expect(functions).toContain('"id-of-used"')
  expect(functions).toContain('"id-of-inline"')
  expect(functions).not.toContain('unused')
})

test('in development the table is the dev server’s', () => {
  expect(setUp().functions.table(config('serve')).functions).toBe('new Map()')
})

test('a build is named by its sources, its key and its public variables', () => {
  const idOf = ({ functions }: ReturnType<typeof setUp>, define = {}) =>
    functions.buildId(config('build', define))
  const changed = setUp()
  changed.sources.set('rsc', page, 'changed')
  const ids = [idOf(setUp()), idOf(setUp('other')), idOf(setUp(), { A: '1' }), idOf(changed)]
  expect(new Set(ids).size).toBe(4)
  expect(idOf(setUp())).toBe(ids[0])
  expect(setUp().functions.buildId(config('serve'))).toBe('dev')
})
