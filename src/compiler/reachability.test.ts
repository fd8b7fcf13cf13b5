import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { parse } from '../../test/support/compile.ts'
import { recordImports } from './import-record.ts'
import { resolveReachable, type RecordedModule, type Reachability } from './reachability.ts'

/** Modules by id; `./a` in any of them is the module `a`, and other specifiers lead outside. */
function graph(sources: Record<string, string>): Reachability {
  const resolved = new Map(Object.keys(sources).map((id) => [`./${id}`, id]))
  const modules = Object.entries(sources).map(([id, code]): RecordedModule => ({
    id,
    record: recordImports(parse(code, 'js')),
    resolved,
  }))
  return resolveReachable(modules)
}

test('an imported name is reachable, the others of its module are not', () => {
  const { isReachable, namesOf } = graph({
    actions: `export const a = 1, b = 2`,
    page: `import { a } from './actions'; import x from 'elsewhere'; a(x)`,
  })
  expect([isReachable('actions', 'a'), isReachable('actions', 'b')]).toEqual([true, false])
  expect(namesOf('actions')).toEqual(new Set(['a']))
  expect(namesOf('page')).toEqual(new Set())
})

test.for([
  ['a namespace', `import * as all from './actions'; all.a()`],
  ['a dynamic import', `const all = await import('./actions')`],
])('%s reaches every name', ([, page]) => {
  const { isReachable, namesOf } = graph({ actions: `export const a = 1`, page: page! })
  expect(namesOf('actions')).toBe('*')
  expect(isReachable('actions', 'anything')).toBe(true)
})

test('names are followed through files that pass them on, also under other names', () => {
  const { namesOf, importersOf } = graph({
    actions: `export const a = 1, b = 2, c = 3; export default 4`,
    list: `export { a as first, default as fourth } from './actions'; export { b } from './actions'`,
    barrel: `export * from './list'; import { c } from './actions'; export { c }`,
    page: `import { first, fourth } from './barrel'; first(fourth)`,
    other: `import { first } from './list'; first()`,
  })
  expect(namesOf('actions')).toEqual(new Set(['a', 'default']))
  expect(importersOf('actions', 'a').toSorted()).toEqual(['other', 'page'])
  expect(importersOf('actions', 'b')).toEqual([])
})

test('passing a name on does not reach it', () => {
  const { isReachable } = graph({
    actions: `export const a = 1`,
    barrel: `export * from './actions'; export { a as b } from './actions'`,
  })
  expect(isReachable('actions', 'a')).toBe(false)
})

test('a namespace that is passed on reaches every name once it is imported', () => {
  const sources = {
    actions: `export const a = 1`,
    barrel: `export * as all from './actions'`,
    page: `import { all } from './barrel'; all.a()`,
  }
  expect(graph(sources).namesOf('actions')).toBe('*')
  expect(graph({ ...sources, page: '' }).namesOf('actions')).toEqual(new Set())
})

test('a whole barrel reaches everything behind it', () => {
  const { namesOf } = graph({
    actions: `export const a = 1, b = 2`,
    more: `export const c = 3, d = 4`,
    barrel: `export * from './actions'; export { c } from './more'`,
    page: `const all = import('./barrel')`,
  })
  expect(namesOf('actions')).toBe('*')
  expect(namesOf('more')).toEqual(new Set(['c']))
})

test("a file's own name hides that of a file it passes on, and default is never passed on", () => {
  const { namesOf } = graph({
    actions: `export const a = 1, b = 2; export default 3`,
    barrel: `export const a = 1; export * from './actions'`,
    page: `import x, { a, b } from './barrel'; a(b, x)`,
  })
  expect(namesOf('actions')).toEqual(new Set(['b']))
})

test('files that pass each other on come to an end', () => {
  const { namesOf } = graph({
    one: `export * from './two'; export const a = 1`,
    two: `export * from './one'; export { a as b } from './one'`,
    page: `import { a, b, missing } from './two'; a(b, missing)`,
  })
  expect(namesOf('one')).toEqual(new Set(['a', 'missing']))
})

test('a module that is recorded in several graphs has the names of all', () => {
  const resolved = new Map([['./actions', 'actions']])
  const record = (code: string) => recordImports(parse(code, 'js'))
  const { importersOf } = resolveReachable([
    { id: 'page', record: record(`import { a } from './actions'; a()`), resolved },
    { id: 'page', record: record(`import { b } from './actions'; b()`), resolved },
    { id: 'actions', record: record(`export const a = 1, b = 2`), resolved },
  ])
  expect([importersOf('actions', 'a'), importersOf('actions', 'b')]).toEqual([['page'], ['page']])
})

test('a name is reachable exactly if following one import at a time leads to it', () => {
  const ids = ['m0', 'm1', 'm2', 'm3']
  const link = fc.record({
    in: fc.constantFrom(...ids),
    from: fc.constantFrom(...ids),
    name: fc.constantFrom('a', 'b'),
    as: fc.constantFrom('a', 'b'),
  })
  const links = fc.uniqueArray(link, { maxLength: 8, selector: ({ in: id, as }) => `${id} ${as}` })
  fc.assert(
    fc.property(links, fc.constantFrom(...ids), fc.constantFrom('a', 'b'), (all, start, name) => {
      const sources = Object.fromEntries(
        ids.map((id) => {
          const lines = all.filter((one) => one.in === id)
          return [
            id,
            lines
              .map((one) => `export { ${one.name} as ${one.as} } from './${one.from}'`)
              .join(';'),
          ]
        }),
      )
      const { isReachable } = graph({ ...sources, page: `import { ${name} } from './${start}'` })
      const path: string[] = []
      for (let at: string | undefined = `${start} ${name}`; at && !path.includes(at);) {
        path.push(at)
        const next: (typeof all)[number] | undefined = all.find(
          (one) => `${one.in} ${one.as}` === at,
        )
        at = next && `${next.from} ${next.name}`
      }
      const reached = ids.flatMap((id) =>
        ['a', 'b'].filter((one) => isReachable(id, one)).map((one) => `${id} ${one}`),
      )
      expect(reached.toSorted()).toEqual(path.toSorted())
    }),
  )
})
