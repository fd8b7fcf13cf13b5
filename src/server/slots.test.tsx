import { isValidElement, type ReactNode } from 'react'
import { expect, test } from 'vitest'
import { textOf } from '../../test/support/read-payload.ts'
import { createServerApp, type Modules } from '../../test/support/server-app.ts'
import { call, send, sendForPayload } from '../../test/support/server-request.ts'
import { refresh } from '../cache/revalidate.ts'
import { forbidden, notFound, redirect } from '../context/interrupt.ts'
import { addDependency } from '../context/dependencies.ts'
import { currentContext } from '../context/request-context.ts'
import { decodeMounted, encodeMounted } from '../wire/header.ts'
import { hashOfTag, tagOfPath } from '../wire/tag.ts'

const says = (text: string) => ({ default: async () => text })
const layout = { default: async ({ children }: { children?: unknown }) => children }

/** A page with two slots, one of which has a default. */
const modules: Modules = {
  'page.tsx': says('home'),
  'about/page.tsx': says('about'),
  '@team/page.tsx': says('team'),
  '@team/t/[id]/page.tsx': {
    default: async (props: Record<'params' | 'searchParams', Promise<object>>) =>
      JSON.stringify([await props.params, await props.searchParams]),
  },
  '@team/default.tsx': says('team default'),
  '@modal/default.tsx': says('no modal'),
  '@modal/login/page.tsx': says('login'),
}

type Headers = { mounted?: string[]; earlier?: string[] }

/** Each region of a path with its text, and the links of those in slots. */
async function get(href: string, files: Modules, { mounted = [], earlier = [] }: Headers = {}) {
  const { handler, logged } = createServerApp({ modules: files })
  const headers = {
    'volley-mounted': encodeMounted(mounted),
    'volley-slots': encodeMounted(earlier),
  }
  const { payload, status } = await sendForPayload(handler, `/-/payload${href}`, { headers })
  const { route, regions = {} } = payload
  const texts = (route?.chain ?? []).map(({ id }) =>
    id in regions ? `${id} = ${textOf(regions[id])}` : id,
  )
  const errors = logged.filter(({ kind }) => kind === 'error')
  const pages = [...decodeMounted(route?.pages)]
  return { status, pages, route: route!, texts, payload, errors }
}

test('a payload holds the regions of each slot after those of the page', async () => {
  const { route, texts, status } = await get('/', modules)
  expect(status).toBe(200)
  expect(texts).toEqual([
    'layout:/ = ',
    'page:/ = home',
    'default:/@modal = no modal',
    'page:/@team = team',
  ])
  expect(route).toMatchObject({
    chain: [
      { id: 'layout:/', depth: 0 },
      { id: 'page:/', depth: 0 },
      { id: 'default:/@modal', depth: 0, of: 'modal layout:/', segments: [] },
      { id: 'page:/@team', depth: 0, of: 'team layout:/', segments: [] },
    ],
    head: 'head:page:/',
    params: {},
    segments: [],
    pages: encodeMounted(['/']),
  })
})

test('a layout gets an outlet for each slot, with the boundaries of its directory', async () => {
  let props: Record<string, ReactNode> = {}
  await get('/', {
    'page.tsx': says('home'),
    'layout.tsx': { default: (given: typeof props) => (props = given)['children'] },
    'loading.tsx': says('loading'),
    '@team/page.tsx': says('team'),
  })
  expect(Object.keys(props).toSorted()).toEqual(['children', 'params', 'team'])
  const { team } = props
  expect(isValidElement<object>(team) && team.props).toMatchObject({
    of: 'team layout:/',
    loading: expect.anything(),
  })
})

test('a page in a slot has the parameters of its own path, and the route has all', async () => {
  const { route, texts } = await get('/seven/8?q=1', {
    '[a]/layout.tsx': layout,
    '[a]/[b]/page.tsx': says('page'),
    '[a]/@s/layout.tsx': layout,
    '[a]/@s/[c]/page.tsx': modules['@team/t/[id]/page.tsx'],
  })
  expect(texts.at(-1)).toBe('page:/[a]/@s/[c]?a=seven&c=8&q=1 = [{"a":"seven","c":"8"},{"q":"1"}]')
  expect(route.params).toEqual({ a: 'seven', b: '8', c: '8' })
  expect(route.chain.slice(3)).toMatchObject([
    { id: 'layout:/[a]/@s?a=seven', depth: 0, of: 's layout:/[a]?a=seven', segments: ['8'] },
    { depth: 1 },
  ])
  expect(route.segments).toEqual(['seven', '8'])
})

test('a default stands without the layouts of its slot', async () => {
  const files = { ...modules, '@team/layout.tsx': layout }
  expect((await get('/about', files)).texts).toContain('default:/@team = team default')
  expect((await get('/about', files)).texts.join()).not.toContain('layout:/@team')
  expect((await get('/', files)).texts.join()).toContain('layout:/@team')
})

test('a slot keeps what it showed, which is not sent to a browser that has it', async () => {
  const earlier = ['/', '/t/7?q=1', '/about']
  const named = await get('/about', modules, { earlier: ['/t/7?q=1'] })
  expect(named.texts.at(-1)).toBe('page:/@team/t/[id]?id=7&q=1 = [{"id":"7"},{"q":"1"}]')
  expect(named.route.chain.at(-1)).toMatchObject({ key: '/t/7' })
  expect(named.pages).toEqual(['/about', '/t/7?q=1'])
  expect(named.route.params).toEqual({ id: '7' })
  const latest = await get('/about', modules, { earlier, mounted: ['layout:/'] })
  expect(latest.texts).toEqual([
    'layout:/',
    'page:/about = about',
    'default:/@modal = no modal',
    'page:/@team',
  ])
  expect(latest.pages).toEqual(['/about', '/'])
})

test('what is kept brings its tags, also those of its own path', async () => {
  const { route } = await get('/about', modules, { earlier: ['/t/7'] })
  for (const path of ['/about', '/t/7', '/t/[id]']) {
    expect(route.tags).toContain(hashOfTag(tagOfPath(path, 'page')))
  }
  const { route: other } = await get('/about', modules)
  expect(other.tags).not.toContain(hashOfTag(tagOfPath('/t/[id]', 'page')))
})

test.for(['//evil.example', 'http://evil.example/', '/gone', '%', '/api', ''])(
  'an earlier page that is none counts for nothing: %s',
  async (href) => {
    const files = { ...modules, 'api/route.ts': { GET: () => null } }
    const { texts, status } = await get('/about', files, { earlier: [href] })
    expect([status, texts.at(-1)]).toEqual([200, 'default:/@team = team default'])
  },
)

test('a layout that refuses refuses its slots, also those that are kept', async () => {
  const files = { ...modules, 'layout.tsx': { default: async () => forbidden() } }
  const { texts, status } = await get('/about', files, { earlier: ['/t/7'], mounted: ['layout:/'] })
  expect([status, texts]).toEqual([403, ['forbidden:layout:/ = 403 Forbidden']])
})

test('a layout that refuses refuses children that are kept', async () => {
  const files = { ...modules, 'layout.tsx': { default: async () => forbidden() } }
  const { texts, status } = await get('/login', files, {
    earlier: ['/about'],
    mounted: ['layout:/'],
  })
  expect([status, texts]).toEqual([403, ['forbidden:layout:/ = 403 Forbidden']])
})

test('only a slot has a page: children show their default, or what they showed', async () => {
  const files = { ...modules, 'default.tsx': says('home default') }
  const loaded = await get('/login', files)
  expect(loaded.status).toBe(200)
  expect(loaded.texts.slice(1, 3)).toEqual([
    'default:/ = home default',
    'page:/@modal/login = login',
  ])
  const kept = await get('/login', files, { earlier: ['/about'], mounted: ['layout:/'] })
  expect(kept.texts.slice(0, 3)).toEqual(['layout:/', 'page:/about', 'page:/@modal/login = login'])
  expect(kept.route).toMatchObject({
    href: '/login',
    head: 'head:page:/about',
    pages: encodeMounted(['/login', '/about']),
  })
})

test('without a default the page is not there, for children and for a slot', async () => {
  const login = await get('/login', modules)
  expect([login.status, login.texts[1]]).toEqual([
    404,
    'not-found:/login = 404 This page could not be found.',
  ])
  const files = { ...modules, '@team/default.tsx': undefined, 'not-found.tsx': says('nothing') }
  const about = await get('/about', files)
  expect(about.status).toBe(404)
  expect(about.texts).toEqual([
    'layout:/ = ',
    'not-found:page:/about = nothing',
    'default:/@modal = no modal',
  ])
  expect((await get('/about', files, { earlier: ['/'] })).status).toBe(200)
})

test.for([
  [404, notFound, 'not-found'],
  [403, forbidden, 'forbidden'],
] as [number, () => never, string][])(
  '%i in a slot is shown in its place',
  async ([status, interrupt, kind]) => {
    const files = {
      ...modules,
      '@team/x/page.tsx': { default: async () => interrupt() },
      'x/page.tsx': says('x'),
      [`@team/${kind}.tsx`]: says('of the slot'),
      [`${kind}.tsx`]: says('of the root'),
    }
    const own = await get('/x', files)
    expect([own.status, own.texts[1]]).toEqual([status, 'page:/x = x'])
    expect(own.texts.at(-1)).toBe(`${kind}:page:/@team/x = of the slot`)
    const above = await get('/x', { ...files, [`@team/${kind}.tsx`]: undefined })
    expect([above.status, above.texts.at(-1)]).toEqual([
      status,
      `${kind}:page:/@team/x = of the root`,
    ])
  },
)

test('an error that a slot has no boundary for replaces the layout, and its other slots', async () => {
  const clientReference = Object.assign(() => null, {
    $$typeof: Symbol.for('react.client.reference'),
    $$id: 'x#y',
  })
  const files = {
    'error.tsx': { default: clientReference },
    'a/layout.tsx': layout,
    'a/page.tsx': says('a'),
    'a/@one/page.tsx': says('one'),
    'a/@two/page.tsx': { default: () => Promise.reject(new Error('two')) },
  }
  const { status, texts, errors } = await get('/a', files)
  expect([status, errors.length]).toEqual([500, 1])
  expect(texts.map((text) => text.replace(/ = .*/, ''))).toEqual(['layout:/', 'error:layout:/a'])
  const own = await get('/a', { ...files, 'a/error.tsx': { default: clientReference } })
  expect(own.texts.map((text) => text.replace(/ =.*/, ''))).toEqual([
    'layout:/',
    'layout:/a',
    'page:/a',
    'page:/a/@one',
    'error:page:/a/@two',
  ])
})

test('a redirect in a slot redirects the page', async () => {
  const files = { ...modules, '@team/x/page.tsx': { default: async () => redirect('/about') } }
  const { payload } = await get('/x', { ...files, 'x/page.tsx': says('x') })
  expect(payload.outcome).toMatchObject({ kind: 'redirect', to: '/about' })
  expect(payload.route?.href).toBe('/about')
})

const Broken = async (): Promise<never> => {
  throw new Error('below the root')
}

test.for(['page.tsx', '@team/page.tsx', '@modal/page.tsx'])(
  '%s throws below its root: a document replaces no other part',
  async (file) => {
    const clientReference = Object.assign(() => null, {
      $$typeof: Symbol.for('react.client.reference'),
      $$id: 'x#y',
    })
    const files = { 'page.tsx': says('home'), '@team/page.tsx': says('team') }
    const { handler } = createServerApp({
      modules: {
        ...files,
        '@modal/page.tsx': says('modal'),
        'error.tsx': { default: clientReference },
        [file]: { default: async () => <Broken /> },
      },
    })
    const { status, text } = await send(handler, '/')
    expect(status).toBe(500)
    const kept = ['home', 'modal', 'team'].filter((word) => text.includes(word))
    expect(kept).toHaveLength(2)
    expect(text).toMatch(/error [\w-]+/)
  },
)

test('a call renders every slot again, also those that are kept', async () => {
  const { handler } = createServerApp({ modules, functions: { refresh: async () => refresh() } })
  const headers = { 'volley-slots': ['/about', '/t/7', '/login'].map(encodeURIComponent).join() }
  const { payload } = await call(handler, 'refresh', { target: '/about', headers })
  expect(Object.keys(payload.regions!)).toEqual([
    'layout:/',
    'page:/about',
    'page:/@modal/login',
    'page:/@team/t/[id]?id=7',
    'head:page:/about',
  ])
})

test('a call comes from a page that only a slot has, too', async () => {
  const { handler } = createServerApp({
    modules: { ...modules, 'default.tsx': says('home default') },
    functions: { refresh: async () => refresh() },
  })
  const { status, payload } = await call(handler, 'refresh', { target: '/login' })
  expect(status).toBe(200)
  expect(Object.keys(payload.regions!)).toContain('default:/')
})

test('the tags of data in a slot are those of the page', async () => {
  const page = async () => {
    const tags = ['of-the-slot']
    const { dependencies } = currentContext('read()')
    addDependency(dependencies, { tags, freshUntil: Infinity, usableUntil: Infinity })
    return 'team'
  }
  const { payload } = await get('/', { ...modules, '@team/page.tsx': { default: page } })
  expect(await payload.tags).toEqual([hashOfTag('of-the-slot')])
})

test('a slow slot does not hold up the others', async () => {
  let end = (): void => {}
  const slow = new Promise<string>((resolve) => (end = () => resolve('slow')))
  const started: string[] = []
  const noting = (name: string, text: string | Promise<string>) => ({
    default: async () => {
      started.push(name)
      return text
    },
  })
  const answer = get('/', {
    'page.tsx': noting('page', 'home'),
    '@a/page.tsx': noting('a', slow),
    '@b/page.tsx': noting('b', 'b'),
  })
  await expect.poll(() => started).toEqual(['page', 'a', 'b'])
  end()
  expect((await answer).texts.slice(1)).toEqual([
    'page:/ = home',
    'page:/@a = slow',
    'page:/@b = b',
  ])
})
