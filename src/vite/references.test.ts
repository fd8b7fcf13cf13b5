import path from 'node:path'
import { expect, test } from 'vitest'
import { findReferences, type ImportGraph } from './references.ts'

const importsOf = (code: string) =>
  [...code.matchAll(/'(\.\/\w+)'/g)].map(([, source = '']) => source)
const idOf = (source: string) => `${path.posix.join('/app', source)}.js`

/** A graph of files in one directory, whose imports are written without extension. */
function graphOf(files: Record<string, string>): ImportGraph {
  return {
    importers: (id) =>
      Object.keys(files).filter((importer) => importsOf(files[importer]!).map(idOf).includes(id)),
    code: (id) => files[id],
    resolve: async (source) => idOf(source),
  }
}

async function referencesIn(files: Record<string, string>): Promise<Record<string, string[]>> {
  const references = await findReferences(graphOf(files), '/app/actions.js')
  return Object.fromEntries([...references].map(([name, importers]) => [name, [...importers]]))
}

test('an import by name uses that export alone', async () => {
  const files = { '/app/page.js': "import { create as make } from './actions'" }
  expect(await referencesIn(files)).toEqual({ create: ['/app/page.js'] })
})

test('a default import uses `default`', async () => {
  const files = { '/app/page.js': "import make from './actions'" }
  expect(await referencesIn(files)).toEqual({ default: ['/app/page.js'] })
})

test.for(["import * as all from './actions'", "const all = import('./actions')"])(
  '%s uses every export',
  async (code) => {
    expect(await referencesIn({ '/app/page.js': code })).toEqual({ '*': ['/app/page.js'] })
  },
)

test('an import for its effect uses no export', async () => {
  expect(await referencesIn({ '/app/page.js': "import './actions'" })).toEqual({})
})

test('two importers of one export are both told', async () => {
  const files = {
    '/app/a.js': "import { create } from './actions'",
    '/app/b.js': "import { create } from './actions'",
  }
  expect(await referencesIn(files)).toEqual({ create: ['/app/a.js', '/app/b.js'] })
})

test.for([
  "export { create as make, remove } from './actions'",
  "export * from './actions'; export { create as make } from './actions'",
])('%s passes on what its importers use, and no more', async (code) => {
  const files = { '/app/barrel.js': code, '/app/page.js': "import { make } from './barrel'" }
  expect((await referencesIn(files))['create']).toEqual(['/app/page.js'])
  expect((await referencesIn(files))['remove']).toBeUndefined()
})

test('a re-export that nobody imports uses nothing', async () => {
  expect(await referencesIn({ '/app/barrel.js': "export { create } from './actions'" })).toEqual({})
})

test('a namespace import of a re-exporting module uses what that one names', async () => {
  const files = {
    '/app/barrel.js': "export { create } from './actions'",
    '/app/page.js': "import * as all from './barrel'",
  }
  expect(await referencesIn(files)).toEqual({ create: ['/app/page.js'] })
})

test('`export *` does not pass on a default export', async () => {
  const files = {
    '/app/barrel.js': "export * from './actions'",
    '/app/page.js': "import make from './barrel'",
  }
  expect(await referencesIn(files)).toEqual({})
})

test('`export * as all` uses every export where `all` is imported', async () => {
  const files = {
    '/app/barrel.js': "export * as all from './actions'",
    '/app/page.js': "import { all } from './barrel'",
  }
  expect(await referencesIn(files)).toEqual({ '*': ['/app/page.js'] })
})

test('re-exports are followed through several modules', async () => {
  const files = {
    '/app/one.js': "export { create as two } from './actions'",
    '/app/two.js': "export { two as three } from './one'",
    '/app/page.js': "import { three } from './two'",
  }
  expect(await referencesIn(files)).toEqual({ create: ['/app/page.js'] })
})

test('an import that is exported again counts as a use', async () => {
  const files = {
    '/app/barrel.js': "import { create } from './actions'; export { create as make }",
  }
  expect(await referencesIn(files)).toEqual({ create: ['/app/barrel.js'] })
})

test('modules that re-export from each other come to an end', async () => {
  const files = {
    '/app/one.js': "export * from './actions'; export * from './two'",
    '/app/two.js': "export * from './one'",
    '/app/page.js': "import { create } from './two'",
  }
  expect(await referencesIn(files)).toEqual({ create: ['/app/page.js'] })
})

test('an importer whose source is not known uses every export', async () => {
  const graph: ImportGraph = {
    importers: (id) => (id === '/app/actions.js' ? ['\0virtual'] : []),
    code: () => undefined,
    resolve: async () => undefined,
  }
  expect(await findReferences(graph, '/app/actions.js')).toEqual(
    new Map([['*', new Set(['\0virtual'])]]),
  )
})
