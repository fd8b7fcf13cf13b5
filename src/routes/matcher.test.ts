import { expect, test } from 'vitest'
import { matchRoute } from './match-route.ts'
import { createMatcher } from './matcher.ts'
import { scanRoutes } from './scan-routes.ts'

const root = scanRoutes(['layout.tsx', 'page.tsx', 'posts/[id]/page.tsx'])

test('a pathname that was seen gives the match it gave before', () => {
  const match = createMatcher(root)
  expect(match('/posts/7')).toEqual(matchRoute(root, '/posts/7'))
  expect(match('/posts/7')).toBe(match('/posts/7'))
  expect(match('/nothing').kind).toBe('none')
})

test('made-up pathnames push each other out, and matching goes on', () => {
  const match = createMatcher(root)
  const first = match('/posts/first')
  for (let i = 0; i < 1000; i++) match(`/posts/${i}`)
  expect(match('/posts/first')).not.toBe(first)
  expect(match('/posts/first')).toEqual(first)
})
