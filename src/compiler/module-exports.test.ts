import { expect, test } from 'vitest'
import { parse } from '../../test/support/compile.ts'
import { exportedFunctions } from './exported-functions.ts'
import { moduleExports } from './module-exports.ts'

function kinds(code: string): Record<string, string> {
  const exports = moduleExports(parse(code, 'tsx'))
  return Object.fromEntries(exports.map(({ name, value }) => [name, value.kind]))
}

/** The names of each value. */
function values(code: string): string[][] {
  return exportedFunctions(parse(code, 'tsx')).map(({ names }) => names)
}

test('what an export is follows from where it is declared', () => {
  const code = `
    export function a() {}
    export const b = async () => {}, c = 1, d = call(), { e, f: [g] } = d
    export class h {}
    export enum i {}
    export let j
    const k = function () {}, l = (k as any)!
    export { k, l, h as m }
    export { n } from './n'
    export default class {}`
  expect(kinds(code)).toEqual({
    a: 'function',
    b: 'function',
    c: 'other',
    d: 'unknown',
    e: 'unknown',
    g: 'unknown',
    h: 'other',
    i: 'other',
    j: 'other',
    k: 'function',
    l: 'function',
    m: 'other',
    n: 'unknown',
    default: 'other',
  })
})

test('types are left out, wherever they are', () => {
  const code = `
    import { C } from './c'
    type A = 1
    interface B {}
    export { A, B, type C }
    export type { D } from './d'
    export { type E, f } from './e'
    export type G = 1
    export interface H {}
    export declare function i(): void
    export declare const j: 1
    export default interface K {}`
  expect(kinds(code)).toEqual({ f: 'unknown' })
})

test('a value is exported although a type has its name', () => {
  expect(kinds(`const a = 1; type a = 1; export { a }`)).toEqual({ a: 'other' })
  expect(kinds(`interface a {} function a() {} export { a }`)).toEqual({ a: 'function' })
})

test('an overload is not the function', () => {
  const code = `export function a(x: 1): 1; export function a() {}`
  expect(moduleExports(parse(code, 'tsx'))).toHaveLength(1)
})

test('names of one value are found together, in the order of the source', () => {
  expect(values(`export function a() {} export { a as b }; export default a`)).toEqual([
    ['a', 'b', 'default'],
  ])
  expect(values(`export default function a() {} export { a }`)).toEqual([['default', 'a']])
  expect(values(`const a = f(), b = a, c = b; export { c, a }`)).toEqual([['c', 'a']])
  expect(values(`import { a } from 'm'; export { a, a as b }`)).toEqual([['a', 'b']])
  expect(values(`export { a, a as b } from 'm'; export { a as c } from 'n'`)).toEqual([
    ['a', 'b'],
    ['c'],
  ])
  expect(values(`const a = b, b = a; export { a, b }`)).toHaveLength(2)
})
