import path from 'node:path'
import { expect, test } from 'vitest'
import { resolveReachable } from '../compiler/reachability.ts'
import { recordImporters, type ModuleGraph } from './importers.ts'
import { parse } from './server-functions.ts'

const target = '/app/actions.js'
const importsOf = (code: string) =>
  [...code.matchAll(/'(\.\/\w+)'/g)].map(([, source = '']) => source)
const idOf = (source: string) => `${path.posix.join('/app', source)}.js`

/** A graph of files in one directory, whose imports are written without extension. */
function graphOf(files: Record<string, string | undefined>): ModuleGraph {
  return {
    importers: (id) => {
      const names = Object.keys(files)
      return names.filter((name) =>
        importsOf(files[name] ?? "'./actions'")
          .map(idOf)
          .includes(id),
      )
    },
    code: (id) => files[id],
    resolve: async (source) => idOf(source),
  }
}

async function importersOf(
  name: string,
  files: Record<string, string | undefined>,
): Promise<string[]> {
  const modules = await recordImporters([target], graphOf(files), parse)
  return resolveReachable(modules).importersOf(target, name)
}

test('who imports an export by name is found, and uses no other export', async () => {
  const files = { '/app/page.js': "import { create as make } from './actions'" }
  expect(await importersOf('create', files)).toEqual(['/app/page.js'])
  expect(await importersOf('remove', files)).toEqual([])
})

test.for(["import * as all from './actions'; all.x()", "const all = import('./actions')"])(
  '%s uses every export',
  async (code) => {
    expect(await importersOf('create', { '/app/page.js': code })).toEqual(['/app/page.js'])
  },
)

test('an import for its effect uses no export', async () => {
  expect(await importersOf('create', { '/app/page.js': "import './actions'" })).toEqual([])
})

test('an import through two re-exporting modules is found', async () => {
  const files = {
    '/app/one.js': "export { create as two, remove } from './actions'",
    '/app/two.js': "export * from './one'",
    '/app/page.js': "import { two } from './two'",
  }
  expect(await importersOf('create', files)).toEqual(['/app/page.js'])
  expect(await importersOf('remove', files)).toEqual([])
})

test('modules that re-export from each other come to an end', async () => {
  const files = {
    '/app/one.js': "export * from './actions'; export * from './two'",
    '/app/two.js': "export * from './one'",
    '/app/page.js': "import { create } from './two'",
  }
  expect(await importersOf('create', files)).toEqual(['/app/page.js'])
})

test('a module whose source is not known uses every export', async () => {
  expect(await importersOf('create', { '\0virtual': undefined })).toEqual(['\0virtual'])
})

test('modules that lead to no target are not read', async () => {
  const files = { '/app/other.js': 'this is not JavaScript', '/app/page.js': "import './actions'" }
  expect(await importersOf('create', files)).toEqual([])
})
