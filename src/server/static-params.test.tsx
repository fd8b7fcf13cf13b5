import { expect, test } from 'vitest'
import { useMemoryCache } from '../../test/support/memory-cache.ts'
import { createServerApp, type Modules, type Setup } from '../../test/support/server-app.ts'
import { call, send } from '../../test/support/server-request.ts'
import { revalidatePath } from '../cache/revalidate.ts'
import { cookies } from '../context/request-state.ts'

useMemoryCache()

type Given = { params: Record<string, unknown> }
type Module = Record<string, unknown>

const Layout = ({ children }: { children: unknown }) => children
const listed = (...items: unknown[]): Module => ({ generateStaticParams: () => items })
const only = { dynamicParams: false }

/** An app whose pages count how often they were rendered. */
function appOf(modules: Modules, setup: Setup = {}) {
  let renders = 0
  const Page = () => `shown ${++renders}`
  const pages = Object.entries(modules).map(([file, module]) => {
    const component = file.endsWith('layout.tsx') ? Layout : Page
    return [file, file.endsWith('route.ts') ? module : { default: component, ...module }]
  })
  const { handler, logged } = createServerApp({ ...setup, modules: Object.fromEntries(pages) })
  const get = async (target: string): Promise<string> => {
    const { status, text } = await send(handler, target)
    return `${status} ${/shown \d+/.exec(text)?.[0] ?? ''}`.trim()
  }
  return { handler, get, logged }
}

const statusesOf = (get: (target: string) => Promise<string>, targets: string[]) =>
  Promise.all(targets.map(async (target) => (await get(target)).slice(0, 3)))

test.for<[string, Modules, string[], string[]]>([
  [
    'a parameter',
    { 'a/[id]/page.tsx': { ...listed({ id: '1' }, { id: 'b c' }), ...only } },
    ['/a/1', '/a/b%20c'],
    ['/a/2', '/a/b'],
  ],
  [
    'a number',
    { 'b/[id]/page.tsx': { ...listed({ id: 1, title: 'One' }), ...only } },
    ['/b/1'],
    ['/b/One'],
  ],
  [
    'a catch-all',
    { 'c/[...p]/page.tsx': { ...listed({ p: ['x', 'y'] }), ...only } },
    ['/c/x/y'],
    ['/c/x', '/c/x/y/z'],
  ],
  [
    'an optional catch-all',
    { 'd/[[...p]]/page.tsx': { ...listed({}, { p: ['x'] }), ...only } },
    ['/d', '/d/x'],
    ['/d/y'],
  ],
  [
    'no optional catch-all',
    { 'e/[[...p]]/page.tsx': { ...listed({ p: ['x'] }), ...only } },
    ['/e/x'],
    ['/e'],
  ],
  [
    'parameters of one file',
    { 'f/[a]/[b]/page.tsx': { ...listed({ a: '1', b: '2' }, { a: '3', b: '4' }), ...only } },
    ['/f/1/2', '/f/3/4'],
    ['/f/1/4'],
  ],
  [
    'parameters of a layout and a page',
    {
      'g/[a]/layout.tsx': listed({ a: '1' }),
      'g/[a]/[b]/page.tsx': { ...listed({ b: '2' }), ...only },
    },
    ['/g/1/2'],
    ['/g/2/2', '/g/1/1'],
  ],
  [
    'what a layout closes',
    { 'h/[a]/layout.tsx': { ...listed({ a: '1' }), ...only }, 'h/[a]/page.tsx': {} },
    ['/h/1'],
    ['/h/2'],
  ],
  ['what nobody lists', { 'i/[a]/page.tsx': only }, [], ['/i/1']],
  [
    'too few parameters',
    { 'j/[a]/[b]/page.tsx': { ...listed({ b: '1' }), ...only } },
    [],
    ['/j/1/1'],
  ],
  ['a path without parameters', { 'k/page.tsx': only }, ['/k'], []],
])('with dynamicParams = false and %s the others are not there', async ([, modules, yes, no]) => {
  const { get } = appOf({ 'layout.tsx': {}, ...modules })
  expect(await statusesOf(get, yes)).toEqual(yes.map(() => '200'))
  expect(await statusesOf(get, no)).toEqual(no.map(() => '404'))
})

test('each file gets the parameters that were listed above it', async () => {
  const asked: unknown[] = []
  const list = (items: (given: Given['params']) => Module[]) => ({
    generateStaticParams: async ({ params }: Given) => {
      asked.push(params)
      return items(params)
    },
  })
  const { get } = appOf({
    'layout.tsx': {},
    'l/[a]/layout.tsx': list(() => [{ a: '1' }, { a: '2' }]),
    'l/[a]/[b]/page.tsx': { ...list(({ a }) => [{ b: `of ${String(a)}` }]), ...only },
  })
  expect(await get('/l/2/of%202')).toBe('200 shown 1')
  expect(await get('/l/1/of%202')).toBe('404')
  expect(asked).toEqual([{}, { a: '2' }, { a: '1' }])
})

test('a list is read once, in development each time', async () => {
  const count = async (isDevelopment: boolean): Promise<number> => {
    let reads = 0
    const generateStaticParams = () => [{ a: String(++reads) }]
    const modules = { 'layout.tsx': {}, 'm/[a]/page.tsx': { generateStaticParams } }
    const { get } = appOf(modules, { isDevelopment })
    for (const target of ['/m/1', '/m/2', '/m/1']) await get(target)
    return reads
  }
  expect([await count(false), await count(true)]).toEqual([1, 3])
})

test('a list that could not be read is read again', async () => {
  let reads = 0
  const generateStaticParams = () => {
    if (++reads === 1) throw new Error('no database')
    return [{ a: '1' }]
  }
  const { get, logged } = appOf({ 'layout.tsx': {}, 'n/[a]/page.tsx': { generateStaticParams } })
  expect(await get('/n/1')).toBe('500')
  expect(logged).toMatchObject([{ error: { message: 'no database' } }])
  expect(await get('/n/1')).toBe('200 shown 1')
})

test.for<[string, Module, string]>([
  ['no function', { generateStaticParams: [] }, 'is object, but must be a function'],
  ['no list', { generateStaticParams: () => ({}) }, 'but returned {}'],
  ['no objects', listed('1'), 'but returned ["1"]'],
  ['cookies', { generateStaticParams: cookies }, 'cookies() was called in cached work'],
])('%s is an error that names the file', async ([, module, message]) => {
  const { get, logged } = appOf({ 'layout.tsx': {}, 'o/[a]/page.tsx': module })
  expect(await get('/o/1')).toBe('500')
  const [event] = logged
  expect(event).toMatchObject({ error: { message: expect.stringContaining(message) } })
  expect(event).toMatchObject({ error: { message: expect.stringContaining('app/o/[a]/page.tsx') } })
})

test('a page whose parameters are listed is kept until its path is invalidated', async () => {
  const functions = { invalidate: async () => revalidatePath('/p/1') }
  const modules = { 'layout.tsx': {}, 'p/[a]/page.tsx': listed({ a: '1' }) }
  const { get, handler } = appOf(modules, { functions })
  expect([await get('/p/1'), await get('/p/1')]).toEqual(['200 shown 1', '200 shown 1'])
  expect([await get('/p/2'), await get('/p/2')]).toEqual(['200 shown 2', '200 shown 3'])
  await call(handler, 'invalidate', { target: '/p/1' })
  expect(await get('/p/1')).not.toBe('200 shown 1')
})

test('a page without parameters is kept only where it says so', async () => {
  const { get } = appOf({ 'layout.tsx': {}, 's/page.tsx': { ...listed({}), ...only } })
  expect([await get('/s'), await get('/s')]).toEqual(['200 shown 1', '200 shown 2'])
})

test.for<[string, Module]>([
  ['reads cookies', { default: async () => `shown ${String(await cookies())} ${Math.random()}` }],
  ['says revalidate = 0', { revalidate: 0 }],
  ['says force-dynamic', { dynamic: 'force-dynamic' }],
])('one that %s is not', async ([, module]) => {
  const { handler } = appOf({
    'layout.tsx': {},
    'q/[a]/page.tsx': { ...listed({ a: '1' }), ...module },
  })
  const [one, other] = [await send(handler, '/q/1'), await send(handler, '/q/1')]
  expect(one.status).toBe(200)
  expect(one.text).not.toBe(other.text)
})

test('a route handler refuses what it does not list', async () => {
  const GET = () => new Response('shown 1')
  const { get } = appOf({ 'r/[a]/route.ts': { GET, ...listed({ a: '1' }), ...only } })
  expect([await get('/r/1'), await get('/r/2')]).toEqual(['200 shown 1', '404'])
})
