// @vitest-environment happy-dom
import { expect, test, vi } from 'vitest'
import { openPage, page, routeTo, settle, value } from '../../test/support/open-page.ts'
import { followPop, router } from './navigate.ts'

vi.mock('@vitejs/plugin-rsc/browser', () => ({}))

function withoutLayouts(href: string, text: string): ReturnType<typeof page> {
  const { regions = {}, ...rest } = page(href, text)
  const kept = Object.entries(regions).filter(([id]) => !id.startsWith('layout:'))
  return { ...rest, regions: Object.fromEntries(kept) }
}

test('a navigation fetches the regions that are not mounted, and shows them under its URL', async () => {
  const { sent, answer, screen, href } = openPage('/posts')
  const { length } = history
  router.push('/posts/7?q=x#end')
  await settle()
  expect(sent[0]!.headers).toMatchObject({
    'volley-build': 'b1',
    'volley-mounted': 'layout%3A%2F,layout%3A%2Fposts',
  })
  expect(href()).toBe('/posts')
  await answer('GET /posts/7?q=x', withoutLayouts('/posts/7?q=x', 'second'))
  expect(screen()).toEqual({
    'layout:/': 'first layout:/',
    'layout:/posts': 'first layout:/posts',
    'page:/posts/7?q=x': 'second page:/posts/7?q=x',
    'head:/posts/7?q=x': 'second head:/posts/7?q=x',
  })
  expect([href(), history.length]).toEqual(['/posts/7?q=x#end', length + 1])
})

test('replace(), and a push to the very same URL, add no entry to the history', async () => {
  const { answer, href } = openPage('/posts')
  const { length } = history
  router.replace('/about')
  await answer('GET /about', page('/about', 'second'))
  router.push('/about')
  await answer('GET /about', page('/about', 'third'))
  expect([href(), history.length]).toEqual(['/about', length])
})

test('a new navigation ends the older one, whose answer shows nothing', async () => {
  const { sent, answer, href, documents } = openPage('/posts')
  router.push('/slow')
  await settle()
  router.push('/fast')
  await answer('GET /fast', page('/fast', 'fast'))
  expect(sent.map(({ line, signal }) => [line, signal?.aborted])).toEqual([
    ['GET /slow', true],
    ['GET /fast', false],
  ])
  await answer('GET /slow', page('/slow', 'slow'))
  expect([href(), documents]).toEqual(['/fast', []])
})

test('what is on the screen is not broken off by the next navigation', async () => {
  const { sent, answer } = openPage('/posts')
  router.push('/a')
  await answer('GET /a', page('/a', 'a'))
  router.push('/b')
  await settle()
  expect(sent[0]!.signal?.aborted).toBe(false)
})

test('an answer that is no payload, or none at all, leads to a document', async () => {
  const { answer, documents } = openPage('/posts')
  router.push('/feed.xml')
  const feed = new Response('<rss/>', { headers: { 'content-type': 'text/xml' } })
  await answer('GET /feed.xml', feed)
  router.replace('/offline')
  await answer('GET /offline', 'lost')
  expect(documents).toEqual(['assign /feed.xml', 'replace /offline'])
})

test('another root layout is another document', async () => {
  const { answer, documents } = openPage('/posts')
  router.push('/shop')
  const route = routeTo('/shop', 'layout:/(shop)')
  const { regions } = page('/shop', 'x')
  await answer(
    'GET /shop',
    page('/shop', 'x', { route, regions: { ...regions, 'layout:/(shop)': '' } }),
  )
  expect(documents).toEqual(['assign /shop'])
})

test('once the server has another build, every navigation loads a document', async () => {
  const { sent, answer, documents } = openPage('/posts')
  router.push('/posts/1')
  await answer('GET /posts/1', value({ outdated: true }))
  router.push('/posts/2')
  history.replaceState(null, '', '/never-visited')
  followPop()
  await settle()
  expect(documents).toEqual(['assign /posts/1', 'assign /posts/2', 'reload /never-visited'])
  expect(sent.length).toBe(1)
})

test('a page that redirects is shown under its own URL', async () => {
  const { answer, href } = openPage('/posts')
  router.push('/old')
  const outcome = { kind: 'redirect', to: '/new', history: 'replace' } as const
  await answer('GET /old', page('/new', 'new', { outcome }))
  expect(href()).toBe('/new')
})

test('a page that redirects to another site is left to the browser', async () => {
  const { answer, documents } = openPage('/posts')
  router.push('/out')
  const outcome = { kind: 'redirect', to: 'https://example.com/', history: 'replace' } as const
  await answer('GET /out', value({ outcome }))
  expect(documents).toEqual(['assign https://example.com/'])
})

test('another place of the page, and another site, need no payload', async () => {
  const { sent, documents, href } = openPage('/posts')
  router.push('#end')
  await settle()
  expect(href()).toBe('/posts#end')
  router.push('https://example.com/x')
  await settle()
  expect(documents).toEqual(['assign https://example.com/x'])
  expect(sent).toEqual([])
})

test.for(['javascript:alert(1)', 'data:text/html,x'])('%s is refused', (target) => {
  const { documents, sent } = openPage('/posts')
  expect(() => router.push(target)).toThrow(TypeError)
  expect(() => router.prefetch(target)).not.toThrow()
  expect([documents, sent]).toEqual([[], []])
})

test('a prefetched page needs no request when it is visited, once', async () => {
  const { sent, answer, href } = openPage('/posts')
  router.prefetch('/next')
  router.prefetch('/next')
  router.push('/next')
  await answer('GET /next', page('/next', 'next'))
  expect([href(), sent.length]).toEqual(['/next', 1])
  router.push('/posts')
  await answer('GET /posts', page('/posts', 'again'))
  router.push('/next')
  await settle()
  expect(sent.map(({ line }) => line)).toEqual(['GET /next', 'GET /posts', 'GET /next'])
})

test('the page itself and other sites are not prefetched', () => {
  const { sent } = openPage('/posts')
  for (const href of ['/posts', '#end', 'https://example.com', 'mailto:a@b.c'])
    router.prefetch(href)
  expect(sent).toEqual([])
})

test('a page that was prefetched below another layout is fetched again where that is missing', async () => {
  const { answer, screen } = openPage('/posts')
  router.prefetch('/posts/7')
  await answer('GET /posts/7', withoutLayouts('/posts/7', 'ahead'))
  router.push('/about')
  await answer('GET /about', page('/about', 'about'))
  router.push('/posts/7')
  await answer('GET /posts/7', page('/posts/7', 'fetched'))
  expect(screen()).toMatchObject({ 'page:/posts/7': 'fetched page:/posts/7' })
})

test('Back shows a visited page at once; one that was forgotten is fetched', async () => {
  const { sent, answer, screen } = openPage('/posts')
  const { key } = history.state as { key: string }
  router.push('/about')
  await answer('GET /about', page('/about', 'about'))
  history.replaceState({ key }, '', '/posts')
  followPop()
  expect(screen()).toMatchObject({ 'page:/posts': 'first page:/posts' })

  router.refresh()
  await answer('GET /posts', page('/posts', 'fresh'))
  history.replaceState({ key: 'k' }, '', '/about')
  followPop()
  await answer('GET /about', page('/about', 'fetched'))
  expect(screen()).toMatchObject({ 'page:/about': 'fetched page:/about' })
  expect(sent.map(({ line }) => line)).toEqual(['GET /about', 'GET /posts', 'GET /about'])
})

test('refresh() asks for every region, and keeps the entry of the history', async () => {
  const { sent, answer, screen } = openPage('/posts')
  const { state, length } = history
  router.refresh()
  await answer('GET /posts', page('/posts', 'fresh'))
  expect(sent[0]!.headers['volley-mounted']).toBe('')
  expect(Object.values(screen()).map((text) => String(text).split(' ')[0])).toEqual(
    Array.from({ length: 4 }, () => 'fresh'),
  )
  expect([history.state, history.length]).toEqual([state, length])
})

test('a refresh that was asked for while another ran is made after it', async () => {
  const { sent, answer } = openPage('/posts')
  router.refresh()
  router.refresh()
  expect(sent.length).toBe(1)
  await answer('GET /posts', page('/posts', 'fresh'))
  expect(sent.length).toBe(2)
  await answer('GET /posts', page('/posts', 'fresher'))
  expect(sent.length).toBe(2)
})

test('a refresh without an answer leaves the page as it is', async () => {
  const { sent, answer, screen, documents } = openPage('/posts')
  const before = screen()
  router.refresh()
  await answer('GET /posts', 'lost')
  expect([screen(), documents]).toEqual([before, []])
  router.refresh()
  await answer('GET /posts', page('/posts', 'fresh'))
  expect(sent.length).toBe(2)
})

test('a page that was asked for before an invalidation is fetched once more', async () => {
  const { sent, answer, screen } = openPage('/posts')
  router.push('/about')
  await settle()
  router.refresh()
  await answer('GET /posts', page('/posts', 'refreshed'))
  await answer('GET /about', page('/about', 'old'))
  await answer('GET /about', page('/about', 'new'))
  expect(sent.map(({ line }) => line)).toEqual(['GET /about', 'GET /posts', 'GET /about'])
  expect(screen()).toMatchObject({ 'page:/about': 'new page:/about' })
})

test('regions that two instances rendered at the same time are settled by one fetch', async () => {
  const { sent, answer, screen } = openPage('/posts')
  const elsewhere = { stamp: { instance: 'j', counter: 1 } }
  router.push('/posts/7')
  await settle()
  router.prefetch('/posts/8')
  await answer('GET /posts/7', page('/posts/7', 'one'))
  await answer('GET /posts/8', page('/posts/8', 'two', elsewhere))
  router.push('/posts/8')
  await answer('GET /posts/8', page('/posts/8', 'settled'))
  expect(screen()).toMatchObject({ 'layout:/posts': 'settled layout:/posts' })
  expect(sent.length).toBe(3)
})
