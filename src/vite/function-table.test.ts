import { expect, test } from 'vitest'
import { functionTable, type TableFunction } from './function-table.ts'

/** Runs the code of a table, with modules made of `data:` URLs. */
async function evaluate(
  functions: TableFunction[],
): Promise<Map<string, { name: string; load: () => Promise<unknown> }>> {
  const code = `export const functions = ${functionTable(functions)}`
  const module = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as {
    functions: Map<string, { name: string; load: () => Promise<unknown> }>
  }
  return module.functions
}

const posts = `data:text/javascript,${encodeURIComponent("export const a = 'A', b = 'B'; export default 'D'")}`
const other = `data:text/javascript,${encodeURIComponent("export const a = 'other'")}`
const found = (module: string, exportName: string): TableFunction => ({
  id: `${module.length}-${exportName}`,
  path: 'app/posts.ts',
  name: exportName,
  exportName,
  module,
})

test('each id loads its own function', async () => {
  const functions = [
    found(posts, 'a'),
    found(other, 'a'),
    found(posts, 'b'),
    found(posts, 'default'),
  ]
  const table = await evaluate(functions)
  const loaded = await Promise.all(functions.map(async ({ id }) => table.get(id)?.load()))
  expect(loaded).toEqual(['A', 'other', 'B', 'D'])
  expect(table.size).toBe(4)
})

test('an entry is named by its path and export', async () => {
  expect((await evaluate([found(posts, 'a')])).get(found(posts, 'a').id)?.name).toBe(
    'app/posts.ts#a',
  )
})

test('a module is imported for its own functions alone', () => {
  const code = functionTable([found(posts, 'a'), found(posts, 'b')])
  expect(code).toContain(`const { a: f0, b: f1 } = await import(${JSON.stringify(posts)})`)
})

test('an app without server functions has an empty table', async () => {
  expect(await evaluate([])).toEqual(new Map())
})
