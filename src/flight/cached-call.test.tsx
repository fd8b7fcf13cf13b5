import { PassThrough } from 'node:stream'
import { parse as parseQuery } from 'node:querystring'
import { buffer } from 'node:stream/consumers'
import { cache, Suspense, type ReactNode } from 'react'
import { expect, test } from 'vitest'
import { Outlet } from '../view/outlet.tsx'
import { cachedCall, textOfValue, valueOfText } from './cached-call.ts'
import { installFunctionTable, referenceOf } from './function-table.ts'
import { isOfBuild } from './kept-text.ts'
import { renderFlight } from './render.ts'
import { register } from './server-functions.ts'

const work = 'app/a.tsx#work'

type Wrap = (props: { title: string; children: ReactNode }) => ReactNode

const Frame: Wrap = ({ title, children }) => (
  <section>
    <h1>{title}</h1>
    {children}
  </section>
)

/** What a page sends that shows this. */
async function sent(node: unknown): Promise<string> {
  const errors: unknown[] = []
  const stream = renderFlight({ node }, { onError: (error) => String(errors.push(error)) })
  const text = (await buffer(stream.pipe(new PassThrough()))).toString()
  expect(errors).toEqual([])
  return text
}

/** Runs a component's call, and reads its kept text for another one. */
async function kept(component: (props: never) => unknown, props: object, later: object = props) {
  const run = (of: object) => component(of as never)
  const first = await cachedCall({ args: [props], name: work })
  const text = await first.run(run as (...args: unknown[]) => unknown)
  const second = await cachedCall({ args: [later], name: work })
  return { text, keys: [first.key, second.key], value: await second.read(text) }
}

test('elements come back with client components, and are rendered to the end', async () => {
  const Slow = async () => {
    await new Promise((resolve) => setTimeout(resolve, 5))
    return <i>slow</i>
  }
  const Page = () => (
    <main>
      <Outlet of="layout:/" />
      <Suspense fallback="…">
        <Slow />
      </Suspense>
    </main>
  )
  const { text, value } = await kept(Page, {})
  expect(isOfBuild(text)).toBe(true)
  const page = await sent(value)
  expect(page).toContain('slow')
  expect(page).toMatch(/outlet\.tsx\$\$cache=\w+"/)
  expect(page).toContain('layout:/')
})

test('children are no part of the key, and each reader sees its own', async () => {
  const now = { title: 'A', children: <p>mine</p> }
  const later = { title: 'A', children: <p>yours</p> }
  const { text, keys, value } = await kept(Frame, now, later)
  expect(keys[0]).toBe(keys[1])
  expect(text).not.toMatch(/mine|yours/)
  const page = await sent(value)
  expect(page).toContain('yours')
  expect(page).not.toContain('mine')
})

test('plain properties are part of the key', async () => {
  const children = <p>mine</p>
  const { keys } = await kept(Frame, { title: 'A', children }, { title: 'B', children })
  expect(keys[0]).not.toBe(keys[1])
})

test('a server function can be passed through, and not be called', async () => {
  const calls: string[] = []
  const save = register(async () => void calls.push('called'), 'save-id', 'app/a.ts#save')
  installFunctionTable(
    new Map([['save-id', { name: 'app/a.ts#save', load: () => Promise.resolve(save) }]]),
  )
  const { value } = await kept(({ action }: { action: unknown }) => ({ list: [action] }), {
    action: save,
  })
  expect((value as { list: unknown[] }).list[0]).toBe(save)
  const Caller = ({ action }: { action: () => Promise<void> }) => action()
  await expect(kept(Caller, { action: save })).rejects.toThrow('It can only pass it on')
  expect(calls).toEqual([])
})

test.for<[string, (opaque: { age: number }) => unknown]>([
  ['called', (opaque) => (opaque as unknown as () => unknown)()],
  ['looked into', (opaque) => opaque.age],
  ['spread', (opaque) => [...(opaque as unknown as Iterable<unknown>)]],
])('an element that is %s is an error that says what can be done', async ([, use]) => {
  const Page = ({ of }: { of: { age: number } }) => use(of) as ReactNode
  await expect(kept(Page, { of: <p /> })).rejects.toThrow('It can only pass it on')
})

test('a server function that cached work returns is the one of the table', async () => {
  const save = register(async () => undefined, 'own-id', 'app/a.ts#own')
  installFunctionTable(
    new Map([['own-id', { name: 'app/a.ts#own', load: () => Promise.resolve(save) }]]),
  )
  const { text, value } = await kept(() => ({ save: save.bind(null) }), {})
  expect(isOfBuild(text)).toBe(true)
  expect(referenceOf((value as { save: unknown }).save)?.id).toBe('own-id')
})

test("what React's cache() remembers of a page does not reach cached work", async () => {
  let visitor = 'ada'
  const currentUser = cache(() => ({ name: visitor }))
  let text = ''
  const Page = async () => {
    const { name } = currentUser()
    visitor = 'bob'
    text = await (await cachedCall({ args: [], name: work })).run(() => currentUser().name)
    return `${name} ${currentUser().name}`
  }
  expect(await sent(<Page />)).toContain('ada ada')
  expect(await valueOfText(text)).toBe('bob')
})

test('cached work remembers by cache() within itself', async () => {
  let reads = 0
  const read = cache(() => ++reads)
  const call = await cachedCall({ args: [], name: work })
  const text = await call.run(async () => [read(), await Promise.resolve().then(() => read())])
  expect(await valueOfText(text)).toEqual([1, 1])
})

test('arguments that are promises count as what they hold', async () => {
  const params = (slug: string) => ({ params: Promise.resolve({ slug }) })
  const show = async ({ params: given }: ReturnType<typeof params>) => (await given).slug
  const { keys, value } = await kept(show, params('a'), params('b'))
  expect(keys[0]).not.toBe(keys[1])
  expect(value).toBe('a')
})

test.for([
  ['text', 'plain', false],
  ['bytes', new Uint8Array([0, 200, 255]), true],
  ['a Map', new Map([['ü€', new Date(0)]]), false],
  ['a text that looks like a function', '{"$f":["id",[]]}', false],
  ['an object that looks like one', { $f: ['id', []] }, false],
] as const)('%s comes back', async ([, value, isFlight]) => {
  const text = await textOfValue(value)
  expect(isOfBuild(text)).toBe(isFlight)
  expect(await valueOfText(text)).toEqual(value)
})

test('what a component in the result throws is the error of the work', async () => {
  const error = new Error('no database')
  const Broken = () => {
    throw error
  }
  const Page = () => (
    <Suspense>
      <Broken />
    </Suspense>
  )
  await expect(kept(Page, {})).rejects.toBe(error)
})

class User {
  id = 1
}

const when = new Date(5)

const ownProto: unknown = JSON.parse('{"__proto__":{"a":1}}')

test.for<[string, unknown, string]>([
  ['an instance of a class', new User(), 'arguments[0] is an instance of User'],
  ['one in an object', { of: [1, new User()] }, 'arguments[0].of[1] is an instance of User'],
  ['one in a Map', new Map([['a', new User()]]), 'arguments[0][0][1] is an instance of User'],
  ['one in a Set', new Set([new User()]), 'arguments[0][0] is an instance of User'],
  ['one beside an element', { a: <p />, user: new User() }, 'arguments[0].user is'],
  ['what a promise holds', Promise.resolve({ user: new User() }), '(await arguments[0]).user is'],
  ['a URL', new URL('http://a/'), 'arguments[0] is an instance of URL'],
  ['a URL, with what to do', new URL('http://a/'), 'Pass url.href.'],
  ['an error', new Error('a'), 'arguments[0] is an instance of Error'],
  ['a request', new Request('http://a/'), 'arguments[0] is an instance of Request'],
  ['what has a JSON of its own', { toJSON: () => 'a' }, 'arguments[0] is an instance of Object'],
  ['a symbol', { of: Symbol('a') }, 'arguments[0].of is Symbol(a)'],
])('%s is refused as an argument', async ([, argument, message]) => {
  const call = async () => cachedCall({ args: [argument], name: 'app/a.ts#read' })
  await expect(call()).rejects.toThrow(TypeError)
  await expect(call()).rejects.toThrow(/^app\/a\.ts#read is cached by its arguments, but /)
  await expect(call()).rejects.toThrow(message)
})

test.for<[string, unknown, unknown]>([
  ['an object without a prototype', /(?<year>\d+)/.exec('2026')!.groups, { year: '2026' }],
  ['one in an object', { query: parseQuery('a=1&b=2') }, { query: { a: '1', b: '2' } }],
  ['one in a Map', new Map([['a', parseQuery('b=1')]]), new Map([['a', { b: '1' }]])],
  ['one in a Set', new Set([parseQuery('b=1')]), new Set([{ b: '1' }])],
  ['an own key __proto__', [parseQuery(''), ownProto], [{}, ownProto]],
  ['a Buffer', Buffer.from('ab'), new Uint8Array([97, 98])],
  ['bytes', new Uint16Array([1, 500]), new Uint16Array([1, 500])],
  ['a date', { when, also: when }, { when, also: when }],
  ['an iterator', [1, 2].values(), [1, 2]],
])('%s arrives in cached work', async ([, argument, expected]) => {
  const call = await cachedCall({ args: [argument], name: work })
  const text = await call.run((of) => (isIterator(of) ? [...of] : of))
  expect(await call.read(text)).toEqual(expected)
})

function isIterator(value: unknown): value is IterableIterator<unknown> {
  return typeof value === 'object' && value !== null && 'next' in value
}

test('a Blob, a form and an object that holds itself arrive in cached work', async () => {
  const form = new FormData()
  form.set('title', 'Hello')
  const circle: { self?: unknown } = {}
  circle.self = circle
  const call = await cachedCall({ args: [new Blob(['text']), form, circle], name: work })
  const text = await call.run(async (blob, posted, round) => [
    await (blob as Blob).text(),
    (posted as FormData).get('title'),
    (round as typeof circle).self === round,
  ])
  expect(await call.read(text)).toEqual(['text', 'Hello', true])
})

/** The key of a call that captures this. */
async function keyWith(...captured: unknown[]): Promise<string> {
  return (await cachedCall({ args: [1], captured, name: work })).key
}

test.for<[string, unknown, unknown]>([
  ['plain values', { id: 1 }, { id: 2 }],
  ['values beside what is not plain', [new User(), 1], [new User(), 2]],
  ['what promises hold', Promise.resolve(1), Promise.resolve(2)],
  ['values in objects that hold themselves', circleOf(1), circleOf(2)],
  ['functions of other texts', () => 1, () => 2],
  ['functions of other texts in objects', { of: () => 1 }, { of: () => 2 }],
])('captured %s tell calls apart', async ([, one, other]) => {
  expect(await keyWith(one)).toBe(await keyWith(one))
  expect(await keyWith(one)).not.toBe(await keyWith(other))
  expect(await keyWith(one)).not.toBe(await keyWith())
})

test.for<[string, unknown, unknown]>([
  ['functions of one text', returning(1), returning(2)],
  ['instances', new URL('http://a/'), new URL('http://b/')],
  ['elements', <p key="a" />, <p key="b" />],
])('captured %s do not', async ([, one, other]) => {
  expect(await keyWith(one)).toBe(await keyWith(other))
})

test('a captured server function counts as what is bound to it', async () => {
  const save = register(async () => undefined, 'bound-id', 'app/a.ts#save')
  expect(await keyWith(save.bind(null))).toBe(await keyWith(save.bind(null)))
  const bind = (id: number): unknown => (save as (id: number) => unknown).bind(null, id)
  expect(await keyWith(bind(1))).toBe(await keyWith(bind(1)))
  expect(await keyWith(bind(1))).not.toBe(await keyWith(bind(2)))
})

test('a captured query is refused, and does not run', async () => {
  let runs = 0
  class Select {
    // oxlint-disable-next-line unicorn/no-thenable -- as query builders have it
    then(): void {
      runs++
    }
  }
  await expect(keyWith({ of: new Select() })).rejects.toThrow(
    `${work} captures an instance of Select that runs when it is awaited`,
  )
  expect(runs).toBe(0)
})

test.for<[string, Blob, Blob]>([
  ['type', new Blob(['a'], { type: 'text/html' }), new Blob(['a'], { type: 'text/plain' })],
  ['name', new File(['a'], 'a.txt'), new File(['a'], 'b.txt')],
  ['content', new File(['a'], 'a.txt'), new File(['b'], 'a.txt')],
])('the %s of a file is part of the key', async ([, one, other]) => {
  const keyOf = async (file: Blob) => (await cachedCall({ args: [file], name: work })).key
  expect(await keyOf(one)).toBe(await keyOf(one))
  expect(await keyOf(one)).not.toBe(await keyOf(other))
})

test('a captured promise that fails is left to the function', async () => {
  const failing = Promise.reject(new Error('a'))
  expect(await keyWith(failing)).toBe(await keyWith(Promise.resolve()))
})

test('a captured stream is not read', async () => {
  const stream = new Blob(['text']).stream()
  await keyWith(stream)
  expect(await new Response(stream).text()).toBe('text')
})

function returning(value: unknown): () => unknown {
  return () => value
}

function circleOf(id: number): object {
  const circle: object = { id }
  return Object.assign(circle, { circle })
}
