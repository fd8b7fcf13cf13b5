// @vitest-environment happy-dom
import { expect, test, vi } from 'vitest'
import { openPage, page, routeTo, settle } from '../../test/support/open-page.ts'
import { encodeMounted } from '../wire/header.ts'
import { withArity } from '../wire/reference.ts'
import { createCallServer } from './call.ts'
import { forget } from './memory.ts'
import { followPop, router } from './navigate.ts'

vi.mock('@vitejs/plugin-rsc/browser', () => ({}))

/** A page with a slot of its root layout, whose region is kept from `/posts` on other pages. */
function withSlot(href: string, text: string): ReturnType<typeof page> {
  const { regions = {}, ...rest } = page(href, text)
  const route = routeTo(href)
  const slot = { id: 'page:/@team', depth: 0, key: '/posts', segments: [], of: 'team layout:/' }
  const own = href === '/posts' ? { ...regions, [slot.id]: `${text} team` } : regions
  const pages = encodeMounted([...new Set([href, '/posts'])])
  return { ...rest, route: { ...route, chain: [...route.chain, slot], pages }, regions: own }
}

test('a request names the pages that slots may still show something of', async () => {
  const { sent, answer, screen } = openPage('/about')
  router.push('/posts')
  await answer('GET /posts', withSlot('/posts', 'first'))
  expect(sent[0]!.headers).not.toHaveProperty('volley-slots')
  router.push('/a?b=c')
  await answer('GET /a?b=c', withSlot('/a?b=c', 'second'))
  expect(sent[1]!.headers).toMatchObject({ 'volley-slots': '%2Fposts' })
  expect(screen()['page:/@team']).toBe('first team')
  router.refresh()
  await settle()
  const both = '%2Fa%3Fb%3Dc,%2Fposts'
  expect(sent[2]!.headers).toMatchObject({ 'volley-slots': both, 'volley-mounted': '' })
  void createCallServer('parallel')(withArity('like', 0), [])
  await settle()
  expect(sent[3]).toMatchObject({ line: 'POST /a?b=c', headers: { 'volley-slots': both } })
})

test('what was fetched ahead is not used once a slot may show something else', async () => {
  const { sent, answer } = openPage('/about')
  router.prefetch('/a')
  await answer('GET /a', withSlot('/a', 'ahead'))
  router.push('/posts')
  await answer('GET /posts', withSlot('/posts', 'first'))
  router.push('/a')
  await answer('GET /a', withSlot('/a', 'second'))
  expect(sent.map(({ line }) => line)).toEqual(['GET /a', 'GET /posts', 'GET /a'])
})

/** A page that shows something of those with these names, in regions of its own. */
function shownOf(href: string, names: string[]): ReturnType<typeof page> {
  const { regions = {}, ...rest } = page(href, names.join())
  const route = routeTo(href)
  const id = `page:${names.join()}`
  const chain = [...route.chain.slice(0, 2), { id, depth: 2 }]
  const pages = encodeMounted(names)
  return { ...rest, route: { ...route, chain, pages }, regions: { ...regions, [id]: 'shown' } }
}

test('one address with several pages comes back as it was at each entry', async () => {
  const { sent, answer, screen } = openPage('/about')
  const visits = [['/photo'], ['/feed'], ['/photo /feed', '/feed']]
  for (const names of visits) {
    const href = names[0]!.split(' ')[0]!
    router.push(href)
    await answer(`GET ${href}`, shownOf(href, names))
  }
  goBackTo('/photo', ['/photo'])
  expect(screen()).toHaveProperty(['page:/photo'])
  goBackTo('/photo', ['/photo /feed', '/feed'])
  expect(screen()).toHaveProperty(['page:/photo /feed,/feed'])
  expect(sent).toHaveLength(visits.length)
})

test('a page that was forgotten is fetched with what its entry showed, and all of it', async () => {
  const { sent, answer, screen } = openPage('/about')
  router.push('/photo')
  await answer('GET /photo', shownOf('/photo', ['/photo /feed', '/feed']))
  forget()
  router.prefetch('/feed')
  await answer('GET /feed', shownOf('/feed', ['/feed', '/photo /feed']))
  goBackTo('/feed', ['/feed', '/about'])
  await answer('GET /feed', shownOf('/feed', ['/feed', '/about']))
  const headers = { 'volley-slots': '%2Ffeed,%2Fabout', 'volley-mounted': '' }
  expect(sent.at(-1)?.headers).toMatchObject(headers)
  expect(screen()).toHaveProperty(['page:/feed,/about'])
})

test('an entry that the browser made itself, for a hash, shows the page that is there', async () => {
  const { sent, answer, screen } = openPage('/about')
  router.push('/photo')
  await answer('GET /photo', shownOf('/photo', ['/photo /feed', '/feed']))
  history.pushState(null, '', '#end')
  followPop()
  await settle()
  expect(sent).toHaveLength(1)
  expect(screen()).toHaveProperty(['page:/photo /feed,/feed'])
})

test('a document that is loaded anew shows what its own address does', () => {
  history.replaceState({ key: 'k', pages: '%2Fabout%20%2Ffeed,%2Ffeed' }, '', '/about')
  openPage('/about')
  expect(history.state).toMatchObject({ pages: undefined })
})

/** What the browser does by itself. */
function goBackTo(href: string, names: string[]): void {
  history.replaceState({ key: href, pages: encodeMounted(names) }, '', href)
  followPop()
}
