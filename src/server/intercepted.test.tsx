import { expect, test } from 'vitest'
import { textOf } from '../../test/support/read-payload.ts'
import { createServerApp, type Modules } from '../../test/support/server-app.ts'
import { call, send, sendForPayload } from '../../test/support/server-request.ts'
import { refresh, revalidatePath } from '../cache/revalidate.ts'
import { forbidden, notFound, redirect } from '../context/interrupt.ts'
import { decodeMounted, encodeMounted } from '../wire/header.ts'
import { hashOfTag, tagOfPath } from '../wire/tag.ts'

const says = (text: string) => ({ default: async () => text })
const layout = { default: async ({ children }: { children?: unknown }) => children }

const paramsOf = {
  default: async (props: Record<'params' | 'searchParams', Promise<object>>) =>
    JSON.stringify([await props.params, await props.searchParams]),
  generateMetadata: async ({ params }: { params: Promise<{ id: string }> }) => ({
    title: `photo ${(await params).id}`,
  }),
}

/** A feed whose layout shows photos over it. */
const modules: Modules = {
  'page.tsx': says('home'),
  '[lang]/feed/layout.tsx': layout,
  '[lang]/feed/page.tsx': { ...says('feed'), metadata: { title: 'feed' } },
  '[lang]/feed/hot/page.tsx': says('hot'),
  '[lang]/feed/@modal/default.tsx': says('no photo'),
  '[lang]/feed/@modal/(..)photo/[id]/page.tsx': paramsOf,
  '[lang]/photo/[id]/page.tsx': says('full photo'),
}

type Headers = { mounted?: string[]; earlier?: string[] }

/** Each region of a path with its text, for a browser that shows earlier pages. */
async function get(href: string, files: Modules, { mounted = [], earlier = [] }: Headers = {}) {
  const { handler } = createServerApp({ modules: files })
  const headers = {
    'volley-mounted': encodeMounted(mounted),
    'volley-slots': encodeMounted(earlier),
  }
  const { payload, status } = await sendForPayload(handler, `/-/payload${href}`, { headers })
  const { route, regions = {} } = payload
  const texts = (route?.chain ?? []).flatMap(({ id }) => {
    const isPart = !id.startsWith('layout:')
    return isPart ? [id in regions ? `${id} = ${textOf(regions[id])}` : id] : []
  })
  const title = textOf(regions[route?.head ?? ''])
  const pages = [...decodeMounted(route?.pages)]
  return { status, pages, route: route!, texts, title, payload }
}

const feed = 'page:/[lang]/feed?lang=de'
const photo = 'page:/[lang]/feed/@modal/(..)photo/[id]?lang=de&id=7'
const shownPhoto = `${photo} = [{"lang":"de","id":"7"},{}]`
const full = 'page:/[lang]/photo/[id]?lang=de&id=7 = full photo'

test('from below the layout a page is intercepted, and the page that is there stays', async () => {
  const mounted = ['layout:/', 'layout:/[lang]/feed?lang=de']
  const { texts, route, title } = await get('/de/photo/7', modules, {
    earlier: ['/de/feed'],
    mounted,
  })
  expect(texts).toEqual([feed, shownPhoto])
  expect(route).toMatchObject({
    href: '/de/photo/7',
    params: { lang: 'de', id: '7' },
    segments: ['de', 'feed'],
    pages: encodeMounted(['/de/photo/7 /de/feed', '/de/feed']),
    head: `head:${photo}`,
  })
  expect(route.chain.at(-1)).toMatchObject({ key: '/de/photo/7', segments: ['(..)photo', '7'] })
  expect(title).toBe('photo 7')
})

test.for<[string, string[], string[]]>([
  ['a document’s page', [], [full]],
  ['another page', ['/'], [full]],
  ['the page itself', ['/de/photo/7'], [full]],
  ['itself on a page that is not named', ['/de/photo/7 /de/feed'], [full]],
  ['itself on a page that is there no more', ['/de/photo/7 /x/gone', '/x/gone'], [full]],
  ['a page of another layout', ['/en/feed'], [full]],
  ['no page', ['//evil', '% %', ' ', '/de/feed  '], [full]],
  ['itself on a page', ['/de/photo/7 /de/feed', '/de/feed'], [`${feed} = feed`, shownPhoto]],
  [
    'another one on a page',
    ['/de/photo/6 /de/feed/hot', '/de/feed/hot'],
    ['page:/[lang]/feed/hot?lang=de = hot', shownPhoto],
  ],
])('coming from %s', async ([, earlier, expected]) => {
  const { texts, status } = await get('/de/photo/7', modules, { earlier })
  expect([status, texts]).toEqual([200, expected])
})

test.for<[string, string[]]>([
  ['/', ['home', 'login over it']],
  ['/login', ['login', '']],
  ['/login /', ['home', 'login over it']],
  ['/x /login', ['login', 'x']],
])('no page is intercepted on itself: coming from %s', async ([earlier, expected]) => {
  const files = {
    'page.tsx': says('home'),
    'login/page.tsx': says('login'),
    '@modal/default.tsx': says(''),
    '@modal/(.)x/page.tsx': says('x'),
    '@modal/(.)login/page.tsx': says('login over it'),
  }
  const { texts } = await get('/login?again', files, { earlier: [earlier, '/', '/login'] })
  expect(texts.map((text) => text.replace(/.* = /, ''))).toEqual(expected)
})

test('what is intercepted stays where the next page has nothing in its slot', async () => {
  const earlier = ['/de/photo/7 /de/feed', '/de/feed']
  const next = await get('/de/feed/hot', modules, { earlier })
  expect(next.texts).toEqual(['page:/[lang]/feed/hot?lang=de = hot', shownPhoto])
  expect(next.pages).toEqual(['/de/feed/hot', ...earlier])
  expect(next.route.head).toBe('head:page:/[lang]/feed/hot?lang=de')
  const again = await get('/de/feed?q=1', modules, { earlier: next.pages })
  expect(again.texts.at(-1)).toBe(shownPhoto)
  expect(again.pages).toEqual(['/de/feed?q=1', '/de/photo/7 /de/feed'])
  const last = await get('/de/feed?q=2', modules, { earlier: again.pages })
  expect(last.pages).toEqual(['/de/feed?q=2', '/de/photo/7 /de/feed'])
  expect(last.texts.at(-1)).toBe(shownPhoto)
})

test('every page of an app that intercepts names itself, in a document too', async () => {
  expect((await get('/', modules)).pages).toEqual(['/'])
  const { handler } = createServerApp({ modules })
  expect((await send(handler, '/de/photo/7')).text).toContain('full photo')
})

test('without a slot the page is replaced, and slots beside it stay', async () => {
  const files = {
    ...modules,
    'feed/layout.tsx': layout,
    'feed/page.tsx': says('feed'),
    'feed/@team/page.tsx': says('team'),
    'feed/(..)photo/page.tsx': says('photo in the feed'),
  }
  const { texts, route } = await get('/photo', files, { earlier: ['/feed'] })
  expect(texts).toEqual(['page:/feed/(..)photo = photo in the feed', 'page:/feed/@team = team'])
  expect(route.segments).toEqual(['feed', '(..)photo'])
})

test('the layouts of the page that it is shown on guard it', async () => {
  const files = { ...modules, '[lang]/feed/layout.tsx': { default: async () => forbidden() } }
  const { status, texts } = await get('/de/photo/7', files, {
    earlier: ['/de/feed'],
    mounted: ['layout:/', 'layout:/[lang]/feed?lang=de'],
  })
  expect([status, texts]).toEqual([403, ['forbidden:layout:/[lang]/feed?lang=de = 403 Forbidden']])
})

test('a page that is intercepted is never kept for all', async () => {
  let count = 0
  const kept = { default: async () => `${++count}`, revalidate: 60 }
  const { handler } = createServerApp({
    modules: {
      'a/page.tsx': says('a'),
      'a/(..)b/page.tsx': { default: async () => 'intercepted', revalidate: 60 },
      'b/page.tsx': kept,
    },
  })
  const shown = async (earlier: string) => {
    const headers = { 'volley-slots': encodeMounted([earlier]) }
    const { payload } = await sendForPayload(handler, '/-/payload/b', { headers })
    return textOf(payload.regions![payload.route!.chain.at(-1)!.id])
  }
  expect(await shown('/')).toBe('1')
  expect(await shown('/a')).toBe('intercepted')
  expect(await shown('/')).toBe('1')
  expect(await shown('/a')).toBe('intercepted')
})

test('a call renders what is intercepted again, and what is below', async () => {
  const { handler } = createServerApp({ modules, functions: { refresh: async () => refresh() } })
  const headers = { 'volley-slots': encodeMounted(['/de/photo/7 /de/feed', '/de/feed']) }
  const { payload } = await call(handler, 'refresh', { target: '/de/photo/7', headers })
  expect(Object.keys(payload.regions!)).toEqual([
    'layout:/',
    'layout:/[lang]/feed?lang=de',
    feed,
    photo,
    `head:${photo}`,
  ])
})

test('a redirect of a call is intercepted on the page that it leaves', async () => {
  const functions = { open: async () => redirect('/de/photo/7') }
  const { handler } = createServerApp({ modules, functions })
  const on = async (target: string) => {
    const headers = { 'volley-slots': encodeMounted([target]) }
    const { payload } = await call(handler, 'open', { target, headers })
    return Object.keys(payload.regions!).filter((id) => id.startsWith('page:'))
  }
  expect(await on('/de/feed')).toEqual([feed, photo])
  expect(await on('/')).toEqual(['page:/[lang]/photo/[id]?lang=de&id=7'])
})

test('a redirect of a page is intercepted on the page that was come from', async () => {
  const files = { ...modules, 'latest/page.tsx': { default: async () => redirect('/de/photo/7') } }
  const { texts } = await get('/latest', files, { earlier: ['/de/feed'] })
  expect(texts).toEqual([`${feed} = feed`, shownPhoto])
})

test('what nothing but the interception has a page for is there for its calls', async () => {
  const files = { ...modules, '[lang]/photo/[id]/page.tsx': undefined }
  const { handler } = createServerApp({
    modules: files,
    functions: { refresh: async () => refresh() },
  })
  const earlier = ['/de/photo/7 /de/feed', '/de/feed']
  const headers = { 'volley-slots': encodeMounted(earlier) }
  expect((await call(handler, 'refresh', { target: '/de/photo/7', headers })).status).toBe(200)
  expect((await send(handler, '/de/photo/7')).status).toBe(404)
})

test('it has the tags of the path and the route that it is shown for', async () => {
  const { route, pages } = await get('/de/photo/7', modules, { earlier: ['/de/feed'] })
  for (const path of ['/de/photo/7', '/[lang]/photo/[id]', '/de/feed', '/[lang]/feed']) {
    expect(route.tags).toContain(hashOfTag(tagOfPath(path, 'page')))
  }
  const kept = await get('/de/feed/hot', modules, { earlier: pages })
  expect(kept.route.tags).toContain(hashOfTag(tagOfPath('/de/photo/7', 'page')))
})

test('revalidatePath() in a call from it renders it', async () => {
  const functions = { change: async () => revalidatePath('/[lang]/photo/[id]', 'page') }
  const { handler } = createServerApp({ modules, functions })
  const headers = { 'volley-slots': encodeMounted(['/de/photo/7 /de/feed', '/de/feed']) }
  const { payload } = await call(handler, 'change', { target: '/de/photo/7', headers })
  expect(Object.keys(payload.regions!)).toContain(photo)
})

test('what it refuses is answered in its slot, and has no title', async () => {
  const refusing = { default: async () => notFound(), generateMetadata: async () => notFound() }
  const files = {
    ...modules,
    '[lang]/feed/@modal/(..)photo/[id]/page.tsx': refusing,
    '[lang]/feed/@modal/not-found.tsx': says('no such photo'),
  }
  const { status, texts, route } = await get('/de/photo/7', files, { earlier: ['/de/feed'] })
  expect([status, texts]).toEqual([404, [`${feed} = feed`, `not-found:${photo} = no such photo`]])
  expect(route.head).toBe(`head:not-found:${photo}`)
})
