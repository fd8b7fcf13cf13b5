import { expect, test } from 'vitest'
import { intercept, isIntercepting } from './intercept.ts'
import { matchRoute, type RouteMatch } from './match-route.ts'
import { createMatcher } from './matcher.ts'
import { scanRoutes } from './scan-routes.ts'

function match(files: string[], pathname: string, from: string): RouteMatch | null {
  const root = scanRoutes(['layout.tsx', ...files.map((file) => `${file}.tsx`)])
  return intercept(root, pathname, from)
}

/** What a path shows on another page: `kind directory` of the page's own, then of each slot. */
function shown(files: string[], pathname: string, from: string): string[] | null {
  const found = match(files, pathname, from)
  const parts = found && [found, ...found.slots]
  return parts && parts.map(({ kind, nodes }) => `${kind} /${nodes.at(-1)?.node.dir}`)
}

const feed = ['feed/layout', 'feed/page', 'feed/hot/page', 'photo/[id]/page', 'page']
const modal = [...feed, 'feed/@modal/default', 'feed/@modal/(..)photo/[id]/page']
const opened = ['default /feed', 'page /feed/@modal/(..)photo/[id]']

test.for<[string[], string, string, string[] | null]>([
  // Those who come from below the layout, however far.
  [modal, '/photo/7', '/feed', opened],
  [modal, '/photo/7', '/feed/hot', opened],
  [modal, '/photo/7', '/', null],
  [modal, '/photo/7', '/photo/6', null],
  [modal, '/photo/7', '/gone', null],
  [modal, '/photo/7', '/feed/gone', null],
  [modal, '/photo', '/feed', null],
  [modal, '/feed/photo/7', '/feed', null],
  // No slot: the page itself is replaced.
  [[...feed, 'feed/(..)photo/[id]/page'], '/photo/7', '/feed/hot', ['page /feed/(..)photo/[id]']],
  // Segments count, not directories.
  [
    ['(g)/feed/layout', '(g)/feed/page', '(g)/feed/@modal/(h)/(..)photo/page'],
    '/photo',
    '/feed',
    ['default /(g)/feed', 'page /(g)/feed/@modal/(h)/(..)photo'],
  ],
  [
    ['feed/page', '@modal/feed/(..)photo/page'],
    '/photo',
    '/feed',
    ['default /', 'page /@modal/feed/(..)photo'],
  ],
  [['feed/page', 'page', '@modal/feed/(..)photo/page'], '/photo', '/', null],
  [['feed/page', '@modal/(.)a/b/page'], '/a/b', '/feed', ['default /', 'page /@modal/(.)a/b']],
  [['a/b/page', 'a/b/(.)c/page'], '/a/b/c', '/a/b', ['page /a/b/(.)c']],
  [['a/b/page', 'a/b/(..)c/page'], '/a/c', '/a/b', ['page /a/b/(..)c']],
  [['a/b/page', 'a/b/(..)(..)c/page'], '/c', '/a/b', ['page /a/b/(..)(..)c']],
  [['a/b/c/page', 'a/b/c/(...)c/page'], '/c', '/a/b/c', ['page /a/b/c/(...)c']],
  // Parameters
  [
    ['[lang]/feed/page', '[lang]/feed/(..)photo/[id]/page'],
    '/de/photo/7',
    '/de/feed',
    ['page /[lang]/feed/(..)photo/[id]'],
  ],
  [['[lang]/feed/page', '[lang]/feed/(..)photo/[id]/page'], '/en/photo/7', '/de/feed', null],
  [['a/page', 'a/(.)[x]/[y]/page'], '/a/b/c', '/a', ['page /a/(.)[x]/[y]']],
  [['a/page', 'a/(..)[...all]/page'], '/b/c', '/a', ['page /a/(..)[...all]']],
  [['a/page', 'a/(..)[...all]/page'], '/', '/a', null],
  [['a/page', 'a/(..)[[...all]]/page'], '/', '/a', ['page /a/(..)[[...all]]']],
  [['a/page', 'a/(..)b/[[...all]]/page'], '/b', '/a', ['page /a/(..)b/[[...all]]']],
  [['[...c]/page', '[...c]/(..)d/page'], '/d', '/x/y', ['page /[...c]/(..)d']],
  [['[[...c]]/page', '[[...c]]/(..)d/page'], '/d', '/', ['page /[[...c]]/(..)d']],
  // The closest one, names before parameters
  [
    ['a/b/page', '(.)x/page', 'a/(..)x/page', 'a/b/(..)(..)x/page'],
    '/x',
    '/a/b',
    ['page /a/b/(..)(..)x'],
  ],
  [['a/page', 'a/(..)[x]/page', 'a/(..)x/page'], '/x', '/a', ['page /a/(..)x']],
  [['a/page', 'a/(..)[x]/y/page', 'a/(..)x/page'], '/x/y', '/a', ['page /a/(..)[x]/y']],
  // A layout that is not there cannot show it.
  [['(a)/layout', '(a)/a/page', '(b)/b/page', '(b)/(.)x/page'], '/x', '/a', null],
  [['[u]/page', 'a/page', '[u]/(..)x/page'], '/x', '/a', null],
  // Several slots, and what they have besides
  [
    ['page', '@a/(.)x/page', '@b/(.)x/page', '@c/page', '@c/x/page'],
    '/x',
    '/',
    ['default /', 'page /@a/(.)x', 'page /@b/(.)x', 'none /@c'],
  ],
  [['page', '(.)x/page', '@a/(.)x/page'], '/x', '/', ['page /(.)x', 'page /@a/(.)x']],
  [
    ['page', '@a/(.)x/layout', '@a/(.)x/page', '@a/(.)x/@s/page', '@a/(.)x/@t/y/page'],
    '/x',
    '/',
    ['default /', 'page /@a/(.)x', 'page /@a/(.)x/@s', 'none /@a/(.)x/@t'],
  ],
  [
    ['page', '@a/(.)x/layout', '@a/(.)x/@t/y/page'],
    '/x/y',
    '/',
    ['default /', 'default /@a/(.)x', 'page /@a/(.)x/@t/y'],
  ],
  [
    ['page', '@a/layout', '@a/page', '@a/@m/(.)x/page', '@a/@n/page'],
    '/x',
    '/',
    ['default /', 'default /@a', 'page /@a/@m/(.)x', 'none /@a/@n'],
  ],
  // A page that only a slot has, and a route handler
  [['@m/in/page', '@m/(.)x/page'], '/x', '/in', ['default /', 'page /@m/(.)x']],
  [['page', 'api/route', '(.)x/page'], '/x', '/api', null],
  // What no path can be
  [['page', '(.)x/page'], '/x', '//evil', null],
  [['page', '(.)[x]/page'], '/a%2fb', '/', null],
])('%j: %s on %s shows %j', ([files, pathname, from, expected]) => {
  expect(shown(files, pathname, from)).toEqual(expected)
})

test('the parameters are those of both paths, and the path that is shown wins', () => {
  const files = ['[lang]/u/[id]/page', '[lang]/u/[id]/(...)[lang]/[photo]/page']
  const found = match(files, '/de/a%20b', '/en/u/7')
  expect(found?.params).toEqual({ lang: 'de', id: '7', photo: 'a b' })
})

test('a directory that intercepts keeps its marker among the segments', () => {
  const found = match(modal, '/photo/7', '/feed')
  expect(found?.slots[0]?.nodes.map(({ value }) => value)).toEqual([
    '',
    'feed',
    '@modal',
    '(..)photo',
    '7',
  ])
  expect(found && [found, ...found.slots].map(isIntercepting)).toEqual([false, true])
})

test('by itself a path leads to no directory that intercepts', () => {
  const root = scanRoutes(['layout.tsx', 'a/page.tsx', 'a/(.)b/page.tsx', '@s/(.)c/page.tsx'])
  for (const path of ['/a/b', '/a/(.)b', '/c', '/(.)c']) {
    expect(matchRoute(root, path).kind).toBe('none')
  }
})

test('a matcher tells who comes from another page, and remembers both', () => {
  const root = scanRoutes([
    'layout.tsx',
    'page.tsx',
    'a/page.tsx',
    'a/(..)b/page.tsx',
    'b/page.tsx',
  ])
  const matcher = createMatcher(root)
  expect(matcher('/b', '/a').nodes.at(-1)?.node.dir).toBe('a/(..)b')
  expect(matcher('/b', '/a')).toBe(matcher('/b', '/a'))
  expect(matcher('/b').nodes.at(-1)?.node.dir).toBe('b')
  expect(matcher('/b', '/')).toBe(matcher('/b'))
})
