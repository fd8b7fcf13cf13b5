import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { parse } from '../../test/support/compile.ts'
import { captureExpression, captureNames } from './captures.ts'
import { findInlineFunctions } from './inline-functions.ts'
import { analyzeScopes } from './scopes.ts'

function names(body: string): string[] {
  const code = `function Page({ a, b }) { return async (c) => { 'use server'; ${body} } }`
  const program = parse(code, 'js')
  const [fn] = findInlineFunctions(program, analyzeScopes(program))
  return fn!.captures.flatMap(captureNames)
}

test.for([
  ['a', ['a']],
  ['a.b', ['a.b']],
  ['a.b.c; a.b.c; a.d', ['a.b.c', 'a.d']],
  ['a.b.c; a.b', ['a.b']],
  ['a.b; a.b.c', ['a.b']],
  ['a.b; a', ['a']],
  ['a; b.c', ['a', 'b.c']],
  ['a.b()', ['a']],
  ['a.b.c()', ['a.b']],
  ['a.b`text`', ['a']],
  ['a?.b?.c', ['a.b.c']],
  ['a?.b?.()', ['a']],
  ['a[b]', ['a', 'b']],
  ['a.b[0].c', ['a.b']],
  ['a.#b', ['a']],
  ['new a.B()', ['a.B']],
  ['a.b = 1', ['a.b']],
  ['({ ...a })', ['a']],
  ['const { d } = a', ['a']],
  ['c', []],
  ['() => a.b', ['a.b']],
  ['other.a; Page', []],
] as [string, string[]][])('%s captures %j', ([body, expected]) => {
  expect(names(body.includes('#b') ? `class X { #b; m() { ${body} } }` : body)).toEqual(expected)
})

/** Values of three levels, any of which may be missing. */
const leaf = fc.constantFrom<unknown>(undefined, null, 0, 'text')
const inner = fc.oneof(leaf, fc.record({ x: leaf, y: leaf }, { requiredKeys: [] }))
const outer = fc.oneof(leaf, fc.record({ x: inner, y: inner }, { requiredKeys: [] }))
const path = fc.array(fc.constantFrom('x', 'y'), { maxLength: 2 })

test('what is captured of a value reads like the value itself', () => {
  fc.assert(
    fc.property(outer, fc.array(path, { minLength: 1, maxLength: 4 }), (value, paths) => {
      const copy: unknown = evaluate(captureExpression('value', paths), value)
      for (const one of paths) {
        const read = ['value', ...one].join('.')
        expect(attempt(read, copy)).toEqual(attempt(read, value))
      }
    }),
  )
})

function evaluate(expression: string, value: unknown): unknown {
  // eslint-disable-next-line typescript/no-implied-eval -- the expression is what is tested
  return new Function('value', `return (${expression})`)(value)
}

function attempt(expression: string, value: unknown): unknown {
  try {
    return evaluate(expression, value)
  } catch (error) {
    return (error as Error).message
  }
}
