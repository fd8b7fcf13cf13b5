import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { matchRoute, type MatchedNode } from './match-route.ts'
import { defaultRegion, isLayoutRegion, layoutRegion, pageRegion } from './region-id.ts'
import { scanRoutes } from './scan-routes.ts'

const files = [
  'page',
  '(shop)/cart/page',
  'posts/[id]/page',
  'posts/[id]/edit/page',
  'd/[[...all]]/page',
]
const root = scanRoutes(['layout.tsx', ...files.map((file) => `${file}.tsx`)])
const matched = (pathname: string): MatchedNode[] => matchRoute(root, pathname).nodes

test("a layout's id has the parameters of its own path", () => {
  const nodes = matched('/posts/7/edit')
  const ids = nodes.map((_, i) => layoutRegion(nodes.slice(0, i + 1)))
  expect(ids).toEqual([
    'layout:/',
    'layout:/posts',
    'layout:/posts/[id]?id=7',
    'layout:/posts/[id]/edit?id=7',
  ])
})

test('layouts are told from pages by their ids', () => {
  const nodes = matched('/posts/7')
  expect(isLayoutRegion(layoutRegion(nodes))).toBe(true)
  expect([pageRegion(nodes, '?layout:'), defaultRegion(nodes)].some(isLayoutRegion)).toBe(false)
})

test('route groups stay in the id', () => {
  expect(layoutRegion(matched('/cart').slice(0, 2))).toBe('layout:/(shop)')
  expect(pageRegion(matched('/cart'), '')).toBe('page:/(shop)/cart')
})

test("a page's id also has its search", () => {
  expect(pageRegion(matched('/'), '')).toBe('page:/')
  expect(pageRegion(matched('/'), '?q=x')).toBe('page:/?q=x')
  expect(pageRegion(matched('/posts/7'), 'q=x')).toBe('page:/posts/[id]?id=7&q=x')
  expect(pageRegion(matched('/posts/7'), '?')).toBe('page:/posts/[id]?id=7')
  expect(pageRegion(matched('/d/a/b%3F'), '')).toBe('page:/d/[[...all]]?all=a/b%3F')
})

test('an optional catch-all that took nothing is told from a search of its name', () => {
  expect(pageRegion(matched('/d'), 'all=a')).not.toBe(pageRegion(matched('/d/a'), ''))
})

test('different parameters or searches never have one id', () => {
  const value = fc.string({
    unit: fc.constantFrom('a', '&', '=', '?', '%', '#', ' '),
    minLength: 1,
  })
  const page = fc.record({ id: value, search: value.map(encodeURIComponent) })
  fc.assert(
    fc.property(page, page, (one, other) => {
      const [a, b] = [one, other].map(({ id, search }) =>
        pageRegion(matched(`/posts/${encodeURIComponent(id)}`), search),
      )
      expect(a === b).toBe(one.id === other.id && one.search === other.search)
    }),
  )
})
