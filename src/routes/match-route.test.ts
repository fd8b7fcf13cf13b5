import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { matchRoute, type RouteMatch } from './match-route.ts'
import { RouteError } from './route-error.ts'
import { scanRoutes, type RouteNode } from './scan-routes.ts'

const pages = (...dirs: string[]): RouteNode =>
  scanRoutes(['layout.tsx', ...dirs.map((dir) => (dir === '' ? 'page.tsx' : `${dir}/page.tsx`))])

const summary = ({ kind, nodes, params }: RouteMatch): unknown =>
  kind === 'none' ? null : [nodes.at(-1)?.node.dir, params]

test.for<[string[], string, unknown]>([
  [[''], '/', ['', {}]],
  [['posts'], '/posts', ['posts', {}]],
  [['posts'], '/posts/', ['posts', {}]],
  [['posts'], '/', null],
  [['posts'], '/posts/7', null],
  [['posts'], '/Posts', null],
  [['posts/[id]'], '/posts/7', ['posts/[id]', { id: '7' }]],
  [['posts/[id]'], '/posts', null],
  [['posts/[id]', 'posts/new'], '/posts/new', ['posts/new', {}]],
  [['[...all]'], '/a/b', ['[...all]', { all: ['a', 'b'] }]],
  [['[...all]'], '/', null],
  [['[[...all]]'], '/', ['[[...all]]', {}]],
  [['[[...all]]'], '/a', ['[[...all]]', { all: ['a'] }]],
  [['[id]', '[...all]'], '/a', ['[id]', { id: 'a' }]],
  [['[id]', '[...all]'], '/a/b', ['[...all]', { all: ['a', 'b'] }]],
  // The best match of the first segment may lead nowhere.
  [['a/b', '[id]/c'], '/a/c', ['[id]/c', { id: 'a' }]],
  [['a/[x]/b', 'a/[...rest]'], '/a/1/c', ['a/[...rest]', { rest: ['1', 'c'] }]],
  [['a/b/c', '[[...all]]'], '/a/b', ['[[...all]]', { all: ['a', 'b'] }]],
  [['a/b/c', '[x]/b'], '/a/b', ['[x]/b', { x: 'a' }]],
  // Groups
  [['(g)'], '/', ['(g)', {}]],
  [['(g)/(h)/a'], '/a', ['(g)/(h)/a', {}]],
  [['(g)/a'], '/(g)/a', null],
  [['a/(g)/[id]', 'a/(h)/b'], '/a/b', ['a/(h)/b', {}]],
  [['(g)/x/[id]', '(h)/x/y'], '/x/y', ['(h)/x/y', {}]],
  [['(g)/x/y/z', '(h)/x/[id]'], '/x/y', ['(h)/x/[id]', { id: 'y' }]],
  [['[...all]/(g)'], '/a', ['[...all]/(g)', { all: ['a'] }]],
  [['%5Fx'], '/_x', ['%5Fx', {}]],
])('%j: %s → %j', ([dirs, pathname, expected]) => {
  expect(summary(matchRoute(pages(...dirs), pathname))).toEqual(expected)
})

test('the nodes lead from the root to the page, groups included', () => {
  const { nodes } = matchRoute(pages('(shop)/items/[id]/[...rest]'), '/items/7%20b/x/y')
  expect(nodes.map(({ node, value }) => [node.dir, value])).toEqual([
    ['', ''],
    ['(shop)', '(shop)'],
    ['(shop)/items', 'items'],
    ['(shop)/items/[id]', '7 b'],
    ['(shop)/items/[id]/[...rest]', 'x/y'],
  ])
})

test('a route handler is told from a page, and nothing has only the root', () => {
  const root = scanRoutes(['layout.tsx', 'page.tsx', 'api/route.ts', 'only/layout.tsx'])
  expect(matchRoute(root, '/api').kind).toBe('handler')
  expect(matchRoute(root, '/').kind).toBe('page')
  expect(matchRoute(root, '/x')).toEqual({
    kind: 'none',
    nodes: [{ node: root, value: '' }],
    params: {},
    slots: [],
  })
  expect(matchRoute(root, '/only').kind).toBe('none')
})

test('any text survives as a parameter, decoded once', () => {
  const root = pages('[id]', 'files/[...path]')
  const text = fc
    .string({ unit: 'grapheme', minLength: 1 })
    .filter((s) => !/^\.{1,2}$|[/\\\0]/.test(s))
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), (path) => {
      const encoded = path.map(encodeURIComponent)
      expect(matchRoute(root, `/files/${encoded.join('/')}`).params).toEqual({ path })
      expect(matchRoute(root, `/${encoded[0]}`).params).toEqual({ id: path[0] })
    }),
  )
  expect(matchRoute(root, '/%2541').params).toEqual({ id: '%41' })
})

test.for([
  '',
  'a',
  '//',
  '///',
  '/a//b',
  '/a//',
  '//a',
  '/%',
  '/%zz',
  '/%ff',
  '/a%2fb',
  '/a%2Fb',
  '/a%5Cb',
  '/a\\b',
  '/..',
  '/%2e%2e',
  '/a/.',
  '/a/%2e',
  '/%00',
  '/\ud800',
])('%j is no route, even for a catch-all', (pathname) => {
  expect(matchRoute(pages('[[...all]]'), pathname).kind).toBe('none')
})

test('any string is matched or not, without an error', () => {
  const root = pages('[[...all]]', 'a/[id]')
  fc.assert(
    fc.property(fc.oneof(fc.webPath(), fc.string({ unit: 'binary' })), (pathname) => {
      expect(['page', 'none']).toContain(matchRoute(root, pathname).kind)
    }),
  )
})

const directory = fc.constantFrom('a', 'b', '[x]', '[y]', '[...r]', '[[...o]]', '(g)', '(h)')
const tree = fc
  .uniqueArray(
    fc.array(directory, { maxLength: 4 }).map((dirs) => dirs.join('/')),
    { minLength: 1, maxLength: 8 },
  )
  .map((dirs) => dirs.reduce<string[]>(withoutConflict, []))
const segments = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 4 })

test('the match is the first of all pages in order of precedence, whatever the tree', () => {
  fc.assert(
    fc.property(tree, segments, (dirs, path) => {
      const match = matchRoute(pages(...dirs), `/${path.join('/')}`)
      const best = dirs
        .map((dir) => ({ dir, rank: rankOf(dir, path) }))
        .filter(({ rank }) => rank !== null)
        .toSorted((one, other) => ((one.rank ?? '') < (other.rank ?? '') ? -1 : 1))[0]
      expect(match.kind === 'none' ? undefined : match.nodes.at(-1)?.node.dir).toBe(best?.dir)
    }),
    { numRuns: 1000 },
  )
})

function withoutConflict(dirs: string[], dir: string): string[] {
  try {
    pages(...dirs, dir)
    return [...dirs, dir]
  } catch (error) {
    if (error instanceof RouteError) return dirs
    throw error
  }
}

/** One digit for each segment, lower first; `null` when the page is not for that path. */
function rankOf(dir: string, path: readonly string[]): string | null {
  const names = dir.split('/').filter((name) => name !== '' && !name.startsWith('('))
  let rank = ''
  for (const [i, name] of names.entries()) {
    if (name.startsWith('[[')) return `${rank}4`
    if (path[i] === undefined) return null
    if (name.startsWith('[...')) return `${rank}3`
    if (name !== path[i] && !name.startsWith('[')) return null
    rank += name.startsWith('[') ? '2' : '1'
  }
  return names.length === path.length ? rank : null
}
