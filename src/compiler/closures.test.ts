import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { serverModule } from '../../test/support/compile.ts'
import { createFakeCache } from '../../test/support/fake-cache.ts'
import { CompileError } from './compile-error.ts'
import type { CompiledModule } from './compile-server.ts'
import { createFakeServer, runModule, type Callable } from '../../test/support/run-module.ts'

/**
 * Compiled functions must see what plain closures see. Programs are made at random of three names
 * that hide each other in blocks, loops, functions, parameters and their defaults; each is run as it
 * is and compiled, and every function is called in both.
 */
type Item =
  | { kind: 'variable'; name: string }
  | { kind: 'block' | 'function' | 'loop'; name: string; items: Item[] }
  | {
      kind: 'compiled'
      directive: 'use cache' | 'use server'
      form: Form
      own: string
      parameter: string
      fallback: string
      items: Item[]
      uses: string[]
    }

type Form = 'arrow' | 'declaration' | 'method' | 'named' | 'static' | 'variable'

const name = fc.constantFrom('a', 'b', 'c')
const use = fc
  .tuple(name, fc.constantFrom('', '.v', '.k.z', '?.k', '.v.at(0)'))
  .map((parts) => parts.join(''))
const form = fc.constantFrom<Form>('arrow', 'declaration', 'method', 'named', 'static', 'variable')

const { item } = fc.letrec<{ item: Item; items: Item[] }>((tie) => ({
  items: fc.array(tie('item'), { maxLength: 4, depthIdentifier: 'program' }),
  item: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'program' },
    fc.record({ kind: fc.constant('variable' as const), name }),
    fc.record({
      kind: fc.constantFrom('block' as const, 'function' as const, 'loop' as const),
      name,
      items: tie('items'),
    }),
    fc.record({
      kind: fc.constant('compiled' as const),
      directive: fc.constantFrom('use cache' as const, 'use server' as const),
      form,
      own: name,
      parameter: fc.constantFrom('', 'a', 'b', 'c'),
      fallback: fc.constantFrom('', 'a', 'b', 'c'),
      items: tie('items'),
      uses: fc.array(use, { maxLength: 4 }),
    }),
  ),
}))

function programOf(items: Item[]): string {
  let count = 0
  return [
    `export const made = []`,
    `const value = (v) => ({ v, k: { z: v + 'z' } })`,
    `const [a, b, c] = ['A', 'B', 'C'].map(value)`,
    block(items, 'module'),
  ].join('\n')

  /** Variables stand first, so that no program reads one too early. */
  function block(body: Item[], label: string, last = ''): string {
    const names = new Set(body.flatMap((one) => (one.kind === 'variable' ? [one.name] : [])))
    const variables = [...names].map((one) => `let ${one} = value('${label} ${one}');`)
    const rest = body.flatMap((one) => (one.kind === 'variable' ? [] : statement(one, names)))
    const declared = rest.map(({ first }) => first)
    return `{ ${[...declared, ...variables, ...rest.map(({ second }) => second), last].join('\n')} }`
  }

  /** Declarations stand `first`, above the variables that they capture. */
  function statement(
    one: Exclude<Item, { kind: 'variable' }>,
    taken: Set<string>,
  ): { first: string; second: string } {
    const id = count++
    if (one.kind === 'compiled') return compiled(one, { id, taken })
    const body = block(one.items, `b${id}`)
    if (one.kind === 'block') return { first: '', second: body }
    const second =
      one.kind === 'loop'
        ? `for (const ${one.name} of [value('loop ${id}')]) ${body}`
        : `(function (${one.name}) { ${body} })(value('parameter ${id}'));`
    return { first: '', second }
  }

  function compiled(
    one: Extract<Item, { kind: 'compiled' }>,
    { id, taken }: { id: number; taken: Set<string> },
  ): { first: string; second: string } {
    const fallback = one.fallback === '' ? '' : ` = ${one.fallback}`
    const parameters = one.parameter === '' ? '' : one.parameter + fallback
    const last = `return [${one.uses.join(', ')}]`
    const body = `(${parameters})@ { '${one.directive}'; ${block(one.items, `s${id}`, last)} }`
    const [arrow, plain] = [body.replace('@', ' =>'), body.replace('@', '')]
    if (one.form === 'declaration') {
      // Other functions may use it, and call it by the name that elsewhere is a variable's.
      const own = taken.has(one.own) ? `f${id}` : one.own
      taken.add(own)
      return { first: `async function ${own}${plain}`, second: `made.push(${own});` }
    }
    const second = {
      arrow: `made.push(async ${arrow});`,
      method: `made.push({ async m${plain} }.m);`,
      // Its name hides a variable inside of it.
      named: `made.push(async function a${plain});`,
      static: `made.push(class { static async m${plain} }.m);`,
      variable: `const f${id} = async ${arrow}; made.push(f${id});`,
    }[one.form]
    return { first: '', second }
  }
}

/** What every function returns, the ones that are made while others run included. */
async function results(made: unknown[], call: (fn: unknown) => unknown): Promise<unknown[]> {
  const found: unknown[] = []
  for (const fn of made) {
    try {
      found.push(shown(await call(fn)))
    } catch (error) {
      found.push((error as Error).name)
    }
  }
  return found
}

/** A function is a plain closure in one run and a reference in the other. */
function shown(value: unknown): unknown {
  if (typeof value === 'function') return 'function'
  return Array.isArray(value) ? value.map(shown) : value
}

/** `null` for functions that capture each other, or a cached one out of reach of what that captures. */
async function compile(program: string): Promise<CompiledModule | null> {
  try {
    return await serverModule(program, { asIs: true, path: 'app/page.js' })
  } catch (error) {
    if (!(error instanceof CompileError)) throw error
    if (error.code === 'circular-capture' || error.code === 'hidden-capture') return null
    throw error
  }
}

test('a compiled function sees what a closure sees', async () => {
  const programs = fc.array(item, { minLength: 1, maxLength: 5 }).map(programOf)
  await fc.assert(
    fc.asyncProperty(programs, async (program) => {
      fc.pre(/'use \w+'/.test(program))
      const plain = await runModule(program.replaceAll(/'use \w+';/g, ''), {})
      const server = createFakeServer()
      const compiled = await compile(program)
      fc.pre(compiled !== null)
      const exports = await runModule(compiled.code, {
        runtime: server.runtime,
        'cache-runtime': createFakeCache().runtime,
      })
      const expected = await results(plain['made'] as never, (fn) => (fn as Callable)())
      const found = await results(exports['made'] as never, (fn) =>
        '$$id' in (fn as Callable) ? server.call(fn) : (fn as Callable)(),
      )
      expect(found).toEqual(expected)
      expect(expected.length).toBeGreaterThan(0)
    }),
    { numRuns: 300 },
  )
})
