// @vitest-environment happy-dom
import { expect, test, vi } from 'vitest'
import { openPage, page, routeTo, settle } from '../../test/support/open-page.ts'
import { withArity } from '../wire/reference.ts'
import { createCallServer } from './call.ts'
import { router } from './navigate.ts'

vi.mock('@vitejs/plugin-rsc/browser', () => ({}))

/** A page with a slot of its root layout, whose region is kept from `/posts` on other pages. */
function withSlot(href: string, text: string): ReturnType<typeof page> {
  const { regions = {}, ...rest } = page(href, text)
  const route = routeTo(href)
  const slot = { id: 'page:/@team', depth: 0, key: '/posts', segments: [], of: 'team layout:/' }
  const own = href === '/posts' ? { ...regions, [slot.id]: `${text} team` } : regions
  const pages = [...new Set([href, '/posts'])]
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
