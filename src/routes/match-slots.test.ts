import { expect, test } from 'vitest'
import { matchRoute } from './match-route.ts'
import { scanRoutes } from './scan-routes.ts'

/** What a path shows: `kind directory` of the page's own directories, then of each slot. */
function shown(files: string[], pathname: string): string[] {
  const root = scanRoutes(['layout.tsx', ...files.map((file) => `${file}.tsx`)])
  const { kind, nodes, slots } = matchRoute(root, pathname)
  return [{ kind, nodes }, ...slots].map((part) => `${part.kind} /${part.nodes.at(-1)?.node.dir}`)
}

const team = ['page', 'about/page', '@team/page', '@team/settings/page', 'settings/page']

test.for<[string[], string, string[]]>([
  [team, '/', ['page /', 'page /@team']],
  [team, '/settings', ['page /settings', 'page /@team/settings']],
  [team, '/about', ['page /about', 'none /@team']],
  [team, '/gone', ['none /']],
  // No part of a path.
  [team, '/@team', ['none /']],
  [team, '/@team/settings', ['none /']],
  // A slot takes what its layout leaves of the path.
  [
    ['a/layout', 'a/[id]/page', 'a/@s/[...all]/page', 'a/b/c/page', '(g)/x/page'],
    '/a/7',
    ['page /a/[id]', 'page /a/@s/[...all]'],
  ],
  [['a/layout', 'a/b/c/page', 'a/@s/b/page'], '/a/b/c', ['page /a/b/c', 'none /a/@s']],
  [
    ['a/[...p]/layout', 'a/[...p]/page', 'a/[...p]/@s/page'],
    '/a/b/c',
    ['page /a/[...p]', 'page /a/[...p]/@s'],
  ],
  [['(g)/layout', '(g)/@s/(h)/x/page', '(g)/x/page'], '/x', ['page /(g)/x', 'page /(g)/@s/(h)/x']],
  // Only a slot has a page: the longest way to one.
  [['page', '@modal/login/page'], '/login', ['default /', 'page /@modal/login']],
  [
    ['page', '[...all]/page', '@modal/login/page'],
    '/login',
    ['page /[...all]', 'page /@modal/login'],
  ],
  [
    ['a/layout', '@m/a/login/page', 'a/@m/login/page'],
    '/a/login',
    ['default /a', 'page /@m/a/login', 'page /a/@m/login'],
  ],
  [['[x]/layout', '[x]/@m/b/page', 'a/page'], '/a/b', ['default /[x]', 'page /[x]/@m/b']],
  // Within slots
  [
    ['page', '@s/layout', '@s/page', '@s/@t/page', '@s/x/page', 'x/page'],
    '/',
    ['page /', 'page /@s', 'page /@s/@t'],
  ],
  [
    ['x/page', '@s/layout', '@s/x/page', '@s/@t/page'],
    '/x',
    ['page /x', 'page /@s/x', 'none /@s/@t'],
  ],
  [
    ['x/page', '@s/layout', '@s/page', '@s/@t/x/page'],
    '/x',
    ['page /x', 'default /@s', 'page /@s/@t/x'],
  ],
])('%j: %s shows %j', ([files, pathname, expected]) => {
  expect(shown(files, pathname)).toEqual(expected)
})

test('the nodes of a slot lead from the root through it, and tell where it is', () => {
  const root = scanRoutes(['layout.tsx', '[id]/layout.tsx', '[id]/page.tsx', '[id]/@s/page.tsx'])
  const [slot] = matchRoute(root, '/a%20b').slots
  expect(slot?.nodes.map(({ value }) => value)).toEqual(['', 'a b', '@s'])
  expect(slot?.at).toBe(2)
})

test('a route handler has no slots', () => {
  const root = scanRoutes(['layout.tsx', 'api/route.ts', '@s/api/page.tsx'])
  expect(matchRoute(root, '/api')).toMatchObject({ kind: 'handler', slots: [] })
})
