import { expect, test } from 'vitest'
import { runServerModule } from '../../test/support/run-server-module.ts'
import type { Reference } from '../../test/support/run-module.ts'

/** Renders the default export of a module and calls what it returned, the way a browser would. */
async function callRendered(
  source: string,
  { props = {}, args = [] }: { props?: object; args?: unknown[] } = {},
): Promise<unknown> {
  const { exports, call } = await runServerModule(source)
  return call(await exports['default']!(props), ...args)
}

async function collect(values: unknown): Promise<unknown[]> {
  const collected: unknown[] = []
  for await (const value of values as AsyncIterable<unknown>) collected.push(value)
  return collected
}

test.for([
  ['a declaration', `async function save(x) { 'use server'; return x + 1 } return save`],
  ['an arrow function', `const save = async (x) => { 'use server'; return x + 1 }; return save`],
  ['an arrow without parentheses', `return async x => { 'use server'; return x + 1 }`],
  ['a function expression', `return async function (x) { 'use server'; return x + 1 }`],
  ['a named function expression', `return async function save(x) { 'use server'; return x + 1 }`],
  ['a prop', `return (<form action={async (x) => { 'use server'; return x + 1 }} />).action`],
  ['a method', `return { async save(x) { 'use server'; return x + 1 } }.save`],
  ['a computed method', `return { async ['a' + 1](x) { 'use server'; return x + 1 } }.a1`],
  ['a method with a string key', `return { async 'a-b'(x) { 'use server'; return x + 1 } }['a-b']`],
  [
    'a static method',
    `class A { static async save(x) { 'use server'; return x + 1 } } return A.save`,
  ],
  [
    'a class field',
    `return new (class { save = async (x) => { 'use server'; return x + 1 } })().save`,
  ],
  ['an item of a list', `return [async (x) => { 'use server'; return x + 1 }][0]`],
  ['an operand', `return null ?? async function (x) { 'use server'; return x + 1 }`],
  ['an argument', `return ((fn) => fn)(async (x) => { 'use server'; return x + 1 })`],
  [
    'a default value',
    `const { save = async (x) => { 'use server'; return x + 1 } } = {}; return save`,
  ],
])('%s becomes callable', async ([, body]) => {
  const source = `export default function Page() { ${body} }`
  expect(await callRendered(source, { args: [1] })).toBe(2)
})

test.for([
  ['a declaration', `export default async function save(x) { 'use server'; return x + 1 }`],
  ['an unnamed declaration', `export default async function (x) { 'use server'; return x + 1 }`],
  ['an arrow function', `export default async (x) => { 'use server'; return x + 1 }`],
  ['a variable', `const save = async (x) => { 'use server'; return x + 1 }; export default save`],
  ['a list', `async function save(x) { 'use server'; return x + 1 } export { save as default }`],
])('a default export that is %s becomes callable', async ([, source]) => {
  const { exports, call } = await runServerModule(source!)
  expect(await call(exports['default'], 1)).toBe(2)
  expect(await exports['default']!(1)).toBe(2)
})

test("'use strict' may stand before the directive", async () => {
  const source = `export default () => async () => { 'use strict'; 'use server'; return 1 }`
  expect(await callRendered(source)).toBe(1)
})

test('an async generator keeps yielding', async () => {
  const { exports, call } = await runServerModule(`
    export default function Page({ from }) {
      return [
        async function* plain() { 'use server'; yield 1; yield 2 },
        { async *captured(count) { 'use server'; for (let i = 0; i < count; i++) yield from + i } }.captured,
      ]
    }`)
  const [plain, captured] = exports['default']!({ from: 10 }) as Reference[]
  expect(await collect(call(plain))).toEqual([1, 2])
  expect(await collect(call(captured, 3))).toEqual([10, 11, 12])
})

test('a component may call its own server function without a request', async () => {
  const { exports } = await runServerModule(`
    export default async function Page({ x }) {
      async function add(y) { 'use server'; return x + y }
      return add(2)
    }`)
  expect(await exports['default']!({ x: 1 })).toBe(3)
})

test('variables of the render are those of the render that made the reference', async () => {
  const { exports, call } = await runServerModule(`
    export default function Page({ x }) { return async (y) => { 'use server'; return [x, y] } }`)
  const [first, second] = [exports['default']!({ x: 1 }), exports['default']!({ x: 2 })]
  expect(await call(second, 'b')).toEqual([2, 'b'])
  expect(await call(first, 'a')).toEqual([1, 'a'])
})

test('a variable that changes later has the value of the moment the reference was made', async () => {
  const source = (make: string): string => `
    export default function Page() {
      let x = 1
      ${make}
      x = 2
      return save
    }`
  const expression = source(`const save = async () => { 'use server'; return x }`)
  expect(await callRendered(expression)).toBe(1)
  const declaration = source(`async function save() { 'use server'; return x }`)
  expect(await callRendered(declaration)).toBe(1)
})

test('each turn of a loop has variables of its own', async () => {
  const { exports, call } = await runServerModule(`
    export default function Page() {
      const made = []
      for (const x of [1, 2]) {
        made.push(save, async () => { 'use server'; return -x })
        async function save() { 'use server'; return x }
      }
      return made
    }`)
  const made = exports['default']!() as Reference[]
  expect(await Promise.all(made.map((one) => call(one)))).toEqual([1, -1, 2, -2])
})

test('variables of blocks of the module are captured, those of the module are not', async () => {
  const { exports, call, sealed } = await runServerModule(`
    export const functions = {}
    let count = 0
    for (const step of [1, 10]) {
      functions['by' + step] = async () => { 'use server'; return count += step }
    }`)
  const functions = exports['functions'] as unknown as Record<string, Reference>
  expect(await call(functions['by1'])).toBe(1)
  expect(await call(functions['by10'])).toBe(11)
  expect(sealed).toEqual([[1], [10]])
})

test('a captured variable can be assigned inside, for that call alone', async () => {
  const { exports, call } = await runServerModule(`
    export default function Page({ x }) { return async () => { 'use server'; x++; return x } }`)
  const reference = exports['default']!({ x: 1 })
  expect([await call(reference), await call(reference)]).toEqual([2, 2])
})

test('a parameter default and a pattern may use captured variables', async () => {
  const source = `
    export default function Page({ x, key }) {
      return async (a = x, { [key]: b = a } = {}, ...rest) => { 'use server'; return [a, b, rest] }
    }`
  const props = { x: 1, key: 'k' }
  expect(await callRendered(source, { props })).toEqual([1, 1, []])
  const args = [2, { k: 3 }, 4, 5]
  expect(await callRendered(source, { props, args })).toEqual([2, 3, [4, 5]])
})

test('a parameter default does not see a variable of the body that has the same name', async () => {
  const source = `
    export default ({ x }) => async (a = x) => { 'use server'; var x = 'inner'; return [a, x] }`
  expect(await callRendered(source, { props: { x: 'outer' } })).toEqual(['outer', 'inner'])
})

test('names that hide captured ones stay what they are', async () => {
  const source = `
    export default function Page({ x, y }) {
      return async (x) => {
        'use server'
        const seen = [x, y]
        { const y = 'block'; seen.push(y) }
        try { throw 'caught' } catch (y) { seen.push(y) }
        for (const y of ['loop']) seen.push(y)
        seen.push(((y) => y)('parameter'), { y: 'property' }.y, class y {}.name, function y() {}.name)
        y: for (;;) break y
        return seen
      }
    }`
  const expected = ['argument', 'y', 'block', 'caught', 'loop', 'parameter', 'property', 'y', 'y']
  const props = { x: 'x', y: 'y' }
  expect(await callRendered(source, { props, args: ['argument'] })).toEqual(expected)
})

test('only the properties that are used are captured', async () => {
  const { exports, call, sealed } = await runServerModule(`
    export default function Page({ post, list, user, other }) {
      return async () => {
        'use server'
        return [post.id, post.author.name, post.author.name.length, list.join('-'), user?.name, other.a, other]
      }
    }`)
  const post = { id: 1, title: 'no', author: { name: 'Ada', mail: 'no' } }
  const list = [1, 2]
  const other = { a: 1, b: 2 }
  const user = { name: 'Bob', mail: 'no' }
  const reference = exports['default']!({ post, list, user, other })
  expect(sealed).toEqual([[{ id: 1, author: { name: 'Ada' } }, list, { name: 'Bob' }, other]])
  expect(await call(reference)).toEqual([1, 'Ada', 3, '1-2', 'Bob', 1, other])
})

test('a value that is not there yet is captured as that, and fails only when it is used', async () => {
  const { exports, call } = await runServerModule(`
    export default function Page({ user }) {
      return async () => { 'use server'; return user.address.city }
    }`)
  for (const user of [null, undefined, { address: null }]) {
    const reference = exports['default']!({ user })
    await expect(call(reference)).rejects.toThrow(/Cannot read properties of (null|undefined)/)
  }
})

test('a property with a computed name needs the whole value', async () => {
  const source = `
    export default function Page({ list, index }) {
      return async () => { 'use server'; return [list[index], list['length']] }
    }`
  expect(await callRendered(source, { props: { list: ['a', 'b'], index: 1 } })).toEqual(['b', 2])
})

test('a property called __proto__ is captured as a property', async () => {
  const source = `
    export default function Page({ data }) { return async () => { 'use server'; return data.__proto__ } }`
  const props = { data: JSON.parse('{ "__proto__": { "a": 1 } }') as object }
  expect(await callRendered(source, { props })).toEqual({ a: 1 })
})

test('a declaration can be used above its place, several times, as one reference', async () => {
  const { exports, call, sealed } = await runServerModule(`
    export default async function Page({ id }) {
      const post = await Promise.resolve({ id, title: 'no' })
      return [save, { save }.save, (() => save)()]
      async function save(x) { 'use server'; return [post.id, x] }
    }`)
  const references = (await exports['default']!({ id: 7 })) as Reference[]
  expect(new Set(references).size).toBe(1)
  expect(sealed).toEqual([[{ id: 7 }]])
  expect(await call(references[0], 'x')).toEqual([7, 'x'])
})

test('a declaration may capture what is declared below it', async () => {
  const source = `
    export default function Page() {
      async function save() { 'use server'; return post }
      const post = 'post'
      return save
    }`
  expect(await callRendered(source)).toBe('post')
})

test('a declaration that captures nothing can be used above its place', async () => {
  const source = `
    export default function Page() {
      return { save }
      async function save(x) { 'use server'; return x + 1 }
    }`
  const { exports, call } = await runServerModule(source)
  expect(await call((exports['default']!() as { save: unknown }).save, 1)).toBe(2)
})

test.for([
  `function render() { return save } async function save() { 'use server'; return x }`,
  `async function save() { 'use server'; return x } function render() { return [save][0] }`,
])('a declaration used by a function that is called above it', async (declarations) => {
  const source = `export default function Page({ x }) { return render(); ${declarations} }`
  expect(await callRendered(source, { props: { x: 3 } })).toBe(3)
})

test('a declaration waits for what another one that it captures waits for', async () => {
  const source = `
    export default function Page() {
      async function read() { 'use server'; return later }
      async function save(x) { 'use server'; return [await read(), x] }
      const later = 'later'
      return save
    }`
  expect(await callRendered(source, { args: [1] })).toEqual(['later', 1])
})

test('a variable that is no longer the function is captured as what it is', async () => {
  const source = `
    export default function Page({ x }) {
      let save = async (n) => { 'use server'; return n ? save(n - 1) : x }
      const first = save
      save = 'other'
      const second = async () => { 'use server'; return [save, await first(1)] }
      return second
    }`
  expect(await callRendered(source, { props: { x: 3 } })).toEqual(['other', 3])
})

test.for([
  ['captures', `async function save(n) { 'use server'; return n ? save(n - 1) : x }`, 3],
  ['captures nothing', `async function save(n) { 'use server'; return n ? save(n - 1) : 0 }`, 0],
] as const)('a declaration that %s may get another value', async ([, declaration, expected]) => {
  const source = `
    export default function Page({ x }) {
      ${declaration}
      const first = save
      save = async () => { 'use server'; return [save, await first(1)] }
      return get()
      function get() { return save }
    }`
  expect(await callRendered(source, { props: { x: 3 } })).toEqual([expect.any(Function), expected])
})

test.for([
  [
    'a declaration',
    `async function sum(n) { 'use server'; return n ? n * by + await sum(n - 1) : 0 }`,
  ],
  [
    'a variable',
    `const sum = async (n) => { 'use server'; return n ? n * by + await sum(n - 1) : 0 }`,
  ],
  [
    'a named expression',
    `const it = async function sum(n) { 'use server'; return n ? n * by + await sum(n - 1) : 0 }; const sum = it`,
  ],
])('%s that captures may call itself', async ([, made]) => {
  const source = `export default function Page({ by }) { ${made}; return sum }`
  expect(await callRendered(source, { props: { by: 2 }, args: [3] })).toBe(12)
})

test.for([
  ['a declaration', `async function sum(n) { 'use server'; return n ? n + await sum(n - 1) : 0 }`],
  ['a variable', `const sum = async (n) => { 'use server'; return n ? n + await sum(n - 1) : 0 }`],
])('%s that captures nothing may call itself', async ([, made]) => {
  expect(await callRendered(`export default () => { ${made}; return sum }`, { args: [3] })).toBe(6)
})

test('a function that returns itself returns its reference', async () => {
  const source = (body: string): string =>
    `export default function Page({ x }) { async function save() { 'use server'; ${body} } return save }`
  for (const body of ['return save', 'x; return save']) {
    const { exports, call } = await runServerModule(source(body))
    const reference = exports['default']!({ x: 1 }) as Reference
    const returned = (await call(reference)) as Reference
    expect([returned.$$id, returned.$$bound]).toEqual([reference.$$id, reference.$$bound])
  }
})

test('functions that capture nothing may call each other, in any order', async () => {
  const source = `
    export default function Page() {
      const even = async (n) => { 'use server'; return n === 0 || odd(n - 1) }
      return even
      async function odd(n) { 'use server'; return n !== 0 && even(n - 1) }
    }`
  expect(await callRendered(source, { args: [4] })).toBe(true)
})

test('a captured server function arrives as its reference', async () => {
  const { exports, call, sealed } = await runServerModule(`
    export default function Page({ x }) {
      return outer
      async function outer(y) { 'use server'; return [await inner(y), inner] }
      async function inner(y) { 'use server'; return x + y }
    }`)
  const [sum, inner] = (await call(exports['default']!({ x: 1 }), 2)) as [number, Reference]
  expect(sum).toBe(3)
  expect(inner.$$id).toBe('app/page.tsx#Page.inner2')
  expect(sealed).toEqual([[1], [inner]])
})

test('a function returned from a function captures from both levels', async () => {
  const { exports, call } = await runServerModule(`
    export default function Page({ a }) {
      return async (b) => {
        'use server'
        return async (c) => {
          'use server'
          return async function (d) { 'use server'; return a + b + c + d }
        }
      }
    }`)
  const first = await call(exports['default']!({ a: 'a' }), 'b')
  const second = await call(first, 'c')
  expect(await call(second, 'd')).toBe('abcd')
})

test('a nested function may use the one around it', async () => {
  const { exports, call } = await runServerModule(`
    export default function Page({ x }) {
      async function outer(n) {
        'use server'
        async function inner() { 'use server'; return n > 0 ? outer(n - 1) : x }
        return inner
      }
      async function free(n) {
        'use server'
        return async () => { 'use server'; return n > 0 ? free : n }
      }
      return { outer, free }
    }`)
  const page = exports['default']!({ x: 'end' }) as { outer: unknown; free: Reference }
  const inner = await call(page.outer, 1)
  expect(await call(await call(inner))).toBe('end')
  expect(await call(await call(page.free, 1))).toBe(page.free)
})

test('a wrapper around a server function captures the function it wraps', async () => {
  const { exports, call } = await runServerModule(`
    const guard = (action) => async (data) => { 'use server'; return data.ok ? action(data.value) : 'no' }
    export const save = guard(async (value) => { 'use server'; return value + 1 })`)
  expect(await call(exports['save'], { ok: true, value: 1 })).toBe(2)
  expect(await call(exports['save'], { ok: false })).toBe('no')
})

test('minified code without spaces between functions compiles', async () => {
  const source =
    "export default function P({x}){async function a(){'use server';return x}async function b(){'use server';return[x,2]}" +
    "class C{static async m(){'use server';return[x,3]}static async n(){'use server';return[x,4]}}return[a,b,C.m,C.n]}"
  const { exports, call } = await runServerModule(source, { asIs: true })
  const made = exports['default']!({ x: 1 }) as Reference[]
  expect(await Promise.all(made.map((one) => call(one)))).toEqual([1, [1, 2], [1, 3], [1, 4]])
})

test('methods whose names mean something else as properties keep them', async () => {
  const { exports, call } = await runServerModule(`
    export default function Page({ x }) {
      const object = { async __proto__() { 'use server'; return x } }
      class A { static async constructor() { 'use server'; return -x } }
      return [Object.getOwnPropertyDescriptor(object, '__proto__').value, A.constructor]
    }`)
  const [proto, constructor] = exports['default']!({ x: 1 }) as Reference[]
  expect([await call(proto), await call(constructor)]).toEqual([1, -1])
})

test('functions may use this and arguments of their own inside a server function', async () => {
  const source = `
    export default ({ x }) => async () => {
      'use server'
      function count() { return arguments.length }
      class A { value = x; read() { return this.value } }
      return [count(1, 2), new A().read(), { y: 1, get z() { return this.y } }.z]
    }`
  expect(await callRendered(source, { props: { x: 5 } })).toEqual([2, 5, 1])
})

test('a registered function is registered once, however often the component renders', async () => {
  const { exports, registered } = await runServerModule(
    `export default ({ x }) => async () => { 'use server'; return x }`,
  )
  for (const x of [1, 2, 3]) exports['default']!({ x })
  expect(registered.size).toBe(1)
})
