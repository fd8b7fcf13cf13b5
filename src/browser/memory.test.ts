import { expect, test, vi } from 'vitest'
import type { Route } from '../wire/payload.ts'
import { fetchAhead, forget, recall, remember, takeAhead } from './memory.ts'
import type { PageState } from './page-state.ts'
import type { Answer } from './request.ts'

function pageAt(href: string): PageState {
  const route: Route = { href, status: 200, chain: [], head: '', params: {}, segments: [] }
  return { route, regions: {}, entry: { kind: 'pop', key: '' }, version: 0 }
}

test('the fifty pages that were visited last are remembered', () => {
  for (let i = 0; i < 50; i++) remember(pageAt(`/${i}`))
  remember(pageAt('/0'))
  remember(pageAt('/50'))
  expect(['/0', '/1', '/2', '/50'].map((href) => recall(href)?.route.href)).toEqual([
    '/0',
    undefined,
    '/2',
    '/50',
  ])
})

test('pages are forgotten by their path, with any search parameters, or all at once', () => {
  for (const href of ['/posts', '/posts?page=2', '/about']) remember(pageAt(href))
  forget(['/posts'])
  expect(['/posts', '/posts?page=2', '/about'].map((href) => recall(href) !== undefined)).toEqual([
    false,
    false,
    true,
  ])
  forget(true)
  expect(recall('/about')).toBeUndefined()
})

test('what was fetched ahead is good for thirty seconds, and forgotten with any invalidation', () => {
  vi.useFakeTimers()
  const fetchIt = vi.fn(() => new Promise<Answer>(() => {}))
  fetchAhead('/next', fetchIt)
  vi.advanceTimersByTime(29_000)
  fetchAhead('/next', fetchIt)
  expect(fetchIt).toHaveBeenCalledTimes(1)
  vi.advanceTimersByTime(1_000)
  expect(takeAhead('/next')).toBeUndefined()
  fetchAhead('/next', fetchIt)
  forget([])
  expect(takeAhead('/next')).toBeUndefined()
  vi.useRealTimers()
})

test('a page that could not be fetched ahead is no error, but none', async () => {
  fetchAhead('/lost', () => Promise.reject(new Error('lost')))
  expect(await takeAhead('/lost')).toBeNull()
})
