import { expect, test } from 'vitest'
import { parse } from '../../test/support/compile.ts'
import type { Parse } from './ast.ts'
import { CompileError } from './compile-error.ts'
import { validateModule, type ValidModule } from './validate-module.ts'

function validate(
  code: string,
  { path = 'app/page.tsx', graph = 'server' }: { path?: string; graph?: 'server' | 'client' } = {},
): ValidModule | null {
  return validateModule({ path, code }, { parse, graph })
}

function codeOf(code: string, path = 'app/page.tsx'): string {
  try {
    validate(code, { path })
    return 'valid'
  } catch (error) {
    if (error instanceof CompileError) return error.code
    throw error
  }
}

test('a module that says nothing about servers and clients is not even parsed', () => {
  let count = 0
  const counting: Parse = (...args) => {
    count++
    return parse(...args)
  }
  const source = { path: 'app/page.tsx', code: `export const text = 'use the server'` }
  expect(validateModule(source, { parse: counting, graph: 'server' })).toBeNull()
  expect(count).toBe(0)
})

test.for([
  ['types', `'use server'; export type A = 1; export interface B {} export type { C } from './c'`],
  ['a type in a list', `'use server'; type A = 1; interface B {} export { type A, B }`],
  ['a type called like a function', `'use server'; type a = 1; async function a() {} export { a }`],
  [
    'overloads',
    `'use server'; export async function a(x: 1): Promise<1>; export async function a() {}`,
  ],
  [
    'declared values',
    `'use server'; export declare const a: number; export declare function b(): 1`,
  ],
  ['every type of a file', `'use server'; export type * from './types'`],
  ['a default interface', `'use server'; export default interface A {}`],
  ['a cast', `'use server'; export const a = (async () => {}) as () => Promise<void>`],
  ['a check', `'use server'; export default (async () => {}) satisfies unknown`],
  ['a type parameter', `'use server'; export const a = async <T,>(x: T) => x`],
  ['an import that is passed on', `'use server'; import { a } from './a'; export { a }`],
  ['an async generator', `'use server'; export async function* a() {}`],
  ['a call', `'use server'; export const a = wrap(() => 1), { b, ...c } = wrap()`],
  [
    'a private class',
    `'use server'; class A { method() { return this } } export async function a() {}`,
  ],
  [
    'a function of its own',
    `'use server'; function local() {} export const a = async () => local()`,
  ],
  [
    'this of an inner function',
    `'use server'; export async function a() { return function () { return this } }`,
  ],
  ['this of an inner class', `'use server'; export async function a() { class B { c = this } }`],
  [
    'a property called arguments',
    `'use server'; export async function a(x) { return x.arguments ?? { arguments: 1 } }`,
  ],
  ['a this parameter', `'use server'; export async function a(this: void) {}`],
  ['other directives', `'use strict'; 'use server'; 'use asm'; export async function a() {}`],
  [
    'the directive as a value',
    `export const directive = 'use server'; f('use client', ['use server'])`,
  ],
  [
    'a directive of another tool',
    `function A() { 'use memo'; return null } async function b() { 'use workflow' }`,
  ],
])('%s may be in a file with the directive', ([, code]) => {
  expect(codeOf(code!)).toBe('valid')
})

test.for([
  ['a template', '`text ${1}`', 'a string'],
  ['a regular expression', '/a/', 'a regular expression'],
  ['an array', '[]', 'an array'],
  ['null', 'null', 'null'],
  ['a bigint', '1n', 'a bigint'],
  ['a boolean', 'true', 'a boolean'],
  ['a sum', '1 + 1', 'the result of an operator'],
  ['a negative number', '-1', 'the result of an operator'],
  ['an element', '<p />', 'an element'],
  ['a class expression', 'class {}', 'a class'],
  ['an object behind a cast', '({}) as const', 'an object'],
])('%s is no server function', ([, value, what]) => {
  for (const code of [`export const a = ${value}`, `export default ${value}`]) {
    expect(() => validate(`'use server'; ${code}`)).toThrow(`is ${what}.`)
  }
})

test('what a list exports is checked where it is declared', () => {
  expect(codeOf(`'use server'; const a = 1; export { a as b }`)).toBe('not-a-function')
  expect(codeOf(`'use server'; const a = 1; const b = a; export { b }`)).toBe('not-a-function')
  expect(codeOf(`'use server'; function a() {} export default a`)).toBe('not-async')
  expect(codeOf(`'use server'; const a = b, b = a; export { a }`)).toBe('valid')
})

test.for([
  ['values', `export const a = 1, b = { c: 2 }; export class D {}; export default 'text'`],
  ['types', `export type A = 1; export interface B {} export type * from './types'`],
  ['a string name', `async function a() {} export { a as 'a b' }`],
  ['what is passed on', `export { a } from './a'; import { b } from './b'; export { b }`],
  ['an inner plain function', `function local() {} export const a = async () => local()`],
  ['a generator that is a server function', `export async function* a() { 'use server' }`],
])('%s may be in a file of cached functions', ([, code]) => {
  expect(codeOf(`'use cache'; ${code}`)).toBe('valid')
  expect(codeOf(`'use cache: remote'; ${code}`)).toBe('valid')
})

test.for([
  [`'use cache'; export const a = () => 1`, 'not-async'],
  [`'use cache'; function a() {} export { a as b }`, 'not-async'],
  [`'use cache'; export async function a() { return this }`, 'forbidden-keyword'],
  [`'use cache'; export * as a from './a'`, 'export-all'],
  [`'use client'; export async function a() { 'use cache' }`, 'cache-in-client'],
  [`class A { async #a() { 'use cache' } }`, 'class-member'],
  [`const o = { set a(x) { 'use cache' } }`, 'class-member'],
  [`if (x) { 'use cache: remote' }`, 'misplaced-directive'],
  [`export async function a() { ('use cache') }`, 'misplaced-directive'],
  [`'use cache: a'; export async function b() {}`, 'unknown-cache'],
])('%s is refused too', ([code, expected]) => {
  expect(codeOf(code!)).toBe(expected)
})

test('a server file may have cached functions in the graphs of the browser, for nothing of it stays', () => {
  const code = `'use server'; export async function a() { 'use cache' }`
  expect(validate(code, { graph: 'client' })?.inline).toHaveLength(1)
})

test('a namespace and an export of everything are told apart', () => {
  expect(codeOf(`'use server'; export namespace A { export const b = 1 }`)).toBe('not-a-function')
  expect(codeOf(`'use server'; export * as a from './a'`)).toBe('export-all')
})

test.for(['setter', 'getter'])('a %s cannot be a server function', (kind) => {
  const accessor = kind === 'getter' ? `get a() { 'use server' }` : `set a(x) { 'use server' }`
  expect(codeOf(`export const o = { ${accessor} }`)).toBe('class-member')
  expect(codeOf(`class A { static ${accessor} }`)).toBe('class-member')
})

test('this of an arrow function is that of the server function around it', () => {
  expect(codeOf(`export async function a() { 'use server'; return () => this }`)).toBe(
    'forbidden-keyword',
  )
  expect(codeOf(`export const o = { async a(x = this) { 'use server' } }`)).toBe(
    'forbidden-keyword',
  )
})

test('a nested function that is no server function may be anything', () => {
  const code = `export async function a() { 'use server'; return { get b() { return this }, c() { return arguments } } }`
  expect(codeOf(code)).toBe('valid')
})

test.for([
  [`'use client'; export const A = 1; 'use server'`, 'misplaced-directive'],
  [`if (x) { 'use server' }`, 'misplaced-directive'],
  [`class A { static { 'use server' } }`, 'misplaced-directive'],
  [`export async function a() { ('use server') }`, 'misplaced-directive'],
  [`'use Server'; export async function a() {}`, 'misspelt-directive'],
  [`'use server;'; export async function a() {}`, 'misspelt-directive'],
  [`'use_server'; export async function a() {}`, 'misspelt-directive'],
  [`'use server actions'; export async function a() {}`, 'misspelt-directive'],
  [`'use clinet'; export const A = 1`, 'misspelt-directive'],
  [`export async function a() { 'use server'; 'use cache: private' }`, 'conflicting-directives'],
  [`'use cache'; 'use client'`, 'conflicting-directives'],
])('%s is refused', ([code, expected]) => {
  expect(codeOf(code!)).toBe(expected)
})

test('bundled packages may have directives anywhere, for those of joined files stay in', () => {
  const code = `import a from 'a'; 'use client'; 'use sevrer'; export { a }`
  expect(codeOf(code)).toBe('misplaced-directive')
  expect(codeOf(code, 'node_modules/kit/dist/index.js')).toBe('valid')
  expect(codeOf(code, '../../node_modules/kit/dist/index.js')).toBe('valid')
})

test('a package that exports no function from its server file is still wrong', () => {
  const path = 'node_modules/kit/dist/actions.js'
  expect(codeOf(`'use server'; export const a = 1`, path)).toBe('not-a-function')
})

test('the name of the file tells its syntax', () => {
  const server = `'use server'; export async function a(x) { return`
  expect(validate(`${server} <any>x }`, { path: 'app/actions.ts' })).not.toBeNull()
  expect(validate(`${server} <p>{x}</p> }`, { path: 'app/actions.js' })).not.toBeNull()
  expect(validate(`${server} <p>{x as any}</p> }`, { path: 'app/actions.tsx' })).not.toBeNull()
})

test('what is not JavaScript is left to whoever makes it that', () => {
  expect(validate(`'use server' is a directive`, { path: 'docs/page.mdx' })).toBeNull()
  expect(validate(`'use server'; export const = 1`)).toBeNull()
})

test('a server file may have inline functions in the graphs of the browser, for nothing of it stays', () => {
  const code = `'use server'; export async function a() { return async () => { 'use server' } }`
  expect(validate(code, { graph: 'client' })?.inline).toHaveLength(1)
})

test('the inline functions are those that the file does not export', () => {
  const code = `'use server'; export async function a() { 'use server' } async function b() { 'use server' }`
  expect(validate(code)?.inline.map(({ start }) => code.slice(start, start + 16))).toEqual([
    'async function b',
  ])
})

test('an error says what is wrong, where, and what to do', () => {
  const code = `'use server'\r\n\r\n\texport const a: A = 1\r\n`
  const error = (() => {
    try {
      return validate(code, { path: 'app/actions.ts' })
    } catch (thrown) {
      return thrown
    }
  })() as CompileError
  expect(error).toBeInstanceOf(CompileError)
  expect(error).toMatchObject({
    name: 'CompileError',
    code: 'not-a-function',
    file: 'app/actions.ts',
    line: 3,
    column: 15,
  })
  expect(error.message.endsWith(error.fix)).toBe(true)
  expect(error.frame.split('\n')).toEqual([
    `  1 | 'use server'`,
    `  2 |`,
    `> 3 | \texport const a: A = 1`,
    `    | \t             ^`,
    `  4 |`,
  ])
})

test.for([
  [`'use server'; exports.old = async () => {}`, 'commonjs'],
  [`'use server'; module.exports = { old: async () => {} }`, 'commonjs'],
  [`exports.old = async () => { 'use server' }`, 'commonjs'],
  [`exports.old = async () => { 'use cache' }`, 'commonjs'],
  [`'use client'; exports.Old = () => null`, 'valid'],
  [`'use server'; require('a'); export async function mixed() {}`, 'valid'],
  [`import './a'; async function mixed() { 'use server' }; a.exports.mixed = mixed`, 'valid'],
] as const)('%s is %s', ([code, found]) => {
  expect(codeOf(code)).toBe(found)
})
