import { expect, test } from 'vitest'
import { parse } from '../../test/support/compile.ts'
import { positionAt } from './code-frame.ts'
import { analyzeScopes } from './scopes.ts'

/** Each use of a name as `line name`, with the line that declares it. */
function uses(code: string): Record<string, number> {
  const lineOf = (offset: number): number => positionAt(code, offset).line
  const { references } = analyzeScopes(parse(code, 'js'))
  return Object.fromEntries(
    references.map(({ at, binding }) => [
      `${lineOf(at.start)} ${at.name}`,
      lineOf(binding.at.start),
    ]),
  )
}

test('a block, a loop, a switch and a catch have names of their own', () => {
  const code = `let a
  { let a
    a() }
  for (let a of []) {
    a() }
  for (let a = 0;;) {
    a() }
  switch (a) {
    case 1: let a
    a() }
  try {
    a() } catch (a) {
    a() }
  a()`
  const inner = { '3 a': 2, '5 a': 4, '7 a': 6, '10 a': 9, '13 a': 12 }
  expect(uses(code)).toMatchObject({ ...inner, '12 a': 1, '14 a': 1 })
})

test('var belongs to the function, or to the static block', () => {
  const code = `var a
  function f() {
    if (1) { var a }
    a() }
  class C { static {
    { var a }
    a() } }
  a()`
  expect(uses(code)).toEqual({ '4 a': 3, '7 a': 6, '8 a': 1 })
})

test('the default of a parameter does not see the body', () => {
  const code = `let a
  function f(b = a,
    c = b) {
    var a
    return a + c }`
  expect(uses(code)).toEqual({ '2 a': 1, '3 b': 2, '5 a': 4, '5 c': 3 })
})

test('functions and classes are known in their own scope, expressions only in themselves', () => {
  const code = `f()
  function f() {
    f() }
  g(function g() {
    g() })
  h(class h {
    static i = h })
  { function f() {}
    f() }`
  expect(uses(code)).toEqual({ '1 f': 2, '3 f': 2, '5 g': 4, '7 h': 6, '9 f': 8 })
})

test('the parameter of a function expression hides its name', () => {
  const code = `(function f(
    f) {
    f() })`
  expect(uses(code)).toEqual({ '3 f': 2 })
})

test('patterns declare what they bind and use what they default to', () => {
  const code = `import a, { b as c } from 'm'
  const { d, e: [f = a], ...g } = c
  const h = ({ i = d,
    j: k } = f) =>
    i + k + g`
  expect(uses(code)).toEqual({
    '2 a': 1,
    '2 c': 1,
    '3 d': 2,
    '4 f': 2,
    '5 i': 3,
    '5 k': 4,
    '5 g': 2,
  })
})

test('properties, labels and names of other modules are no variables', () => {
  const code = `let a
  a: for (;;) { break a }
  x.a; ({ a: 1, a() {}, get a() {} }); class A { a = 1; a() {} static #a; b = x.#a }
  function f() { new.target } import.meta.a
  export { b as a, a as c } from 'm'
  export * as a2 from 'm' with { a: 'b' }`
  expect(uses(code)).toEqual({})
})

test('computed names, shorthands and exports are variables', () => {
  const code = `let a
  x[a]
  ;({ [a]: 1 })
  class A { [a] = 1 }
  ;({ a })
  export { a as b }`
  expect(uses(code)).toEqual({ '2 a': 1, '3 a': 1, '4 a': 1, '5 a': 1, '6 a': 1 })
})

test.for([
  'a = 1',
  'a += 1',
  'a++',
  '[a] = []',
  '({ b: a } = {})',
  '({ a = 1 } = {})',
  'for (a of []);',
  'for (a in {});',
])('%s gives a variable another value', (statement) => {
  const { module } = analyzeScopes(parse(`let a; function f() { ${statement} }`, 'js'))
  expect(module.bindings.get('a')?.assigned).toBe(true)
})

test('a use, or a change of a property, gives a variable no other value', () => {
  const { module } = analyzeScopes(parse(`let a = 1; a; f(a); a.b = 1; a.c++; [a.d] = []`, 'js'))
  expect(module.bindings.get('a')?.assigned).toBe(false)
})
