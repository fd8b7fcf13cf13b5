import { expect, test } from 'vitest'
import { parse } from '../../test/support/compile.ts'
import { recordImports, type ImportRecord } from './import-record.ts'

function record(code: string): ImportRecord {
  return recordImports(parse(code, 'js'))
}

test('imports are recorded by the names of the module that has them', () => {
  const code = `
    import first, { a, b as c, 'd e' as f } from './one'
    import * as all from './two'
    import './three'
    log(first, a, c, f, all)`
  expect(record(code)).toEqual({
    imports: [
      { from: './one', name: 'default' },
      { from: './one', name: 'a' },
      { from: './one', name: 'b' },
      { from: './one', name: 'd e' },
      { from: './two', name: '*' },
    ],
    reexports: [],
    stars: [],
    exports: [],
  })
})

test('a dynamic import takes every name', () => {
  const code = "const a = () => import('./one'); if (a) import(`./two`); import(a)"
  expect(record(code).imports).toEqual([
    { from: './one', name: '*' },
    { from: './two', name: '*' },
  ])
})

test('re-exports are recorded by both names', () => {
  const code = `
    export { a, b as c, default as d } from './one'
    export * as all from './two'
    export * from './three'`
  expect(record(code)).toEqual({
    imports: [],
    reexports: [
      { from: './one', name: 'a', exported: 'a' },
      { from: './one', name: 'b', exported: 'c' },
      { from: './one', name: 'default', exported: 'd' },
      { from: './two', name: '*', exported: 'all' },
    ],
    stars: ['./three'],
    exports: [],
  })
})

test('what is imported only to be exported is passed on', () => {
  const code = `
    import { a, b, c } from './one'
    import * as all from './two'
    export { a, a as again, all, c }
    export default b
    c()`
  expect(record(code)).toEqual({
    imports: [{ from: './one', name: 'c' }],
    reexports: [
      { from: './one', name: 'a', exported: 'a' },
      { from: './one', name: 'a', exported: 'again' },
      { from: './one', name: 'b', exported: 'default' },
      { from: './one', name: 'c', exported: 'c' },
      { from: './two', name: '*', exported: 'all' },
    ],
    stars: [],
    exports: [],
  })
})

test('an import that becomes the default export is passed on', () => {
  expect(record(`import { a } from './one'; export default a`)).toEqual({
    imports: [],
    reexports: [{ from: './one', name: 'a', exported: 'default' }],
    stars: [],
    exports: [],
  })
})

test('a local variable that hides an import is no use of it', () => {
  const code = `import { a } from './one'; export { a }; function f(a) { return a }`
  expect(record(code).imports).toEqual([])
})

test('an import that nobody uses counts as used', () => {
  expect(record(`import { a } from './one'`).imports).toEqual([{ from: './one', name: 'a' }])
})

test('the values that a module has itself are its exports', () => {
  const code = `
    export const a = 1, { b, c: [d] } = {}
    export function e() {}
    export class f {}
    const g = 1
    export { g as h }
    export default 1`
  expect(record(code).exports).toEqual(['a', 'b', 'd', 'e', 'f', 'h', 'default'])
})
