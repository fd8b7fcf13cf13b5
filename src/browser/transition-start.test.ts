// @vitest-environment happy-dom
import { expect, test, vi } from 'vitest'
import { openPage, page } from '../../test/support/open-page.ts'
import { router } from './navigate.ts'
import { tellTransitions } from './transition-start.ts'

vi.mock('@vitejs/plugin-rsc/browser', () => ({}))

test('a module without the function is told nothing', () => {
  const { push } = router
  tellTransitions({ onRouterTransitionStart: 'text' })
  expect(router.push).toBe(push)
})

test('each navigation is told before it begins, and none is stopped by that', async () => {
  const { sent, answer, href } = openPage('/posts')
  const reported = vi.fn()
  vi.stubGlobal('reportError', reported)
  const told: unknown[][] = []
  tellTransitions({
    onRouterTransitionStart(...start: unknown[]) {
      told.push([...start, sent.length])
      throw new Error('the observer failed')
    },
  })
  router.push('/about')
  expect(told).toEqual([['/about', 'push', 0]])
  await answer('GET /about', page('/about', 'second'))
  expect(href()).toBe('/about')
  router.replace('/posts')
  dispatchEvent(new PopStateEvent('popstate'))
  expect(told.slice(1).map((start) => start.slice(0, 2))).toEqual([
    ['/posts', 'replace'],
    [expect.stringMatching(/^http/), 'traverse'],
  ])
  expect(reported).toHaveBeenCalledTimes(3)
})
