import { expect, test } from 'vitest'
import { routePath } from './route-path.ts'

test('the root directory is the path /', () => {
  expect(routePath('')).toBe('/')
})

test('groups and slots are no part of a path', () => {
  expect(routePath('(shop)/posts/[id]/@modal')).toBe('/posts/[id]')
  expect(routePath('(shop)')).toBe('/')
})

test('parameters stay as the directories name them', () => {
  expect(routePath('docs/[[...path]]')).toBe('/docs/[[...path]]')
})
