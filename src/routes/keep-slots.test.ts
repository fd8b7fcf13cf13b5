import { expect, test } from 'vitest'
import { keepSlots } from './keep-slots.ts'
import { matchRoute } from './match-route.ts'
import { scanRoutes } from './scan-routes.ts'

/** What a path shows after others, the latest first: `kind directory value`, and what it is kept from. */
function shown(files: string[], [pathname, ...earlier]: string[]): string[] {
  const root = scanRoutes(['layout.tsx', ...files.map((file) => `${file}.tsx`)])
  const pages = earlier.map((href) => ({ href, match: matchRoute(root, href) }))
  const match = keepSlots(matchRoute(root, pathname ?? ''), pages)
  return [match, ...match.slots].map(({ kind, nodes, from }) => {
    const last = nodes.at(-1)
    return [kind, `/${last?.node.dir}`, last?.value, ...(from ? [`from ${from}`] : [])].join(' ')
  })
}

const modal = [
  'page',
  'feed/page',
  '@modal/login/page',
  '@modal/default',
  '@team/[id]/page',
  'x/y/page',
]

test.for<[string, string[], string[], string[]]>([
  [
    'a slot without a page for the path keeps what it showed',
    ['page', 'about/page', '@team/page'],
    ['/about', '/'],
    ['page /about about', 'page /@team @team from /'],
  ],
  [
    'of several pages the latest that had one',
    modal,
    ['/x/y', '/feed', '/login', '/7'],
    ['page /x/y y', 'page /@modal/login login from /login', 'page /@team/[id] feed from /feed'],
  ],
  [
    'what has a page for the path shows that',
    ['page', 'a/page', '@s/page', '@s/a/page'],
    ['/a', '/'],
    ['page /a a', 'page /@s/a a'],
  ],
  [
    'children are kept too where only a slot has a page',
    ['page', 'feed/page', '@modal/login/page'],
    ['/login', '/feed'],
    ['page /feed feed from /feed', 'page /@modal/login login'],
  ],
  [
    'nothing is kept of a layout with other parameters',
    ['[id]/layout', '[id]/page', '[id]/a/page', '[id]/@s/page'],
    ['/1/a', '/2'],
    ['page /[id]/a a', 'none /[id]/@s @s'],
  ],
  [
    'nothing is kept of a slot that the page does not have',
    ['page', 'a/layout', 'a/page', 'a/@s/page'],
    ['/', '/a'],
    ['page / '],
  ],
  [
    'a slot within what is kept comes with it',
    ['page', 'a/page', '@s/layout', '@s/page', '@s/@t/page'],
    ['/a', '/'],
    ['page /a a', 'page /@s @s from /', 'page /@s/@t @t from /'],
  ],
  [
    'and so does one that kept children have',
    ['feed/layout', 'feed/page', 'feed/@s/page', '@modal/login/page'],
    ['/login', '/feed'],
    ['page /feed feed from /feed', 'page /@modal/login login', 'page /feed/@s @s from /feed'],
  ],
  [
    'what is within a slot may be kept from another page than the slot',
    ['1/page', '2/page', '3/page', '@s/layout', '@s/1/page', '@s/@t/2/page'],
    ['/3', '/2', '/1'],
    ['page /3 3', 'page /@s/1 1 from /1', 'page /@s/@t/2 2 from /2'],
  ],
  ['a path that is not there keeps nothing', ['page', '@s/page'], ['/gone', '/'], ['none / ']],
  [
    'an earlier page that is not there has nothing',
    ['page', 'a/page', '@s/page'],
    ['/a', '/gone', '//evil', '/'],
    ['page /a a', 'page /@s @s from /'],
  ],
])('%s', ([, files, visits, expected]) => {
  expect(shown(files, visits)).toEqual(expected)
})

test('a match that lacks nothing stays the same object', () => {
  const root = scanRoutes(['layout.tsx', 'page.tsx', '@s/page.tsx'])
  const match = matchRoute(root, '/')
  expect(keepSlots(match, [{ href: '/', match }])).toBe(match)
})
