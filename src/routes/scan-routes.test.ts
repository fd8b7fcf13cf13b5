import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { RouteError, type RouteErrorCode } from './route-error.ts'
import { scanRoutes, type RouteNode } from './scan-routes.ts'

test('every known file is recorded at its directory', () => {
  const kinds = ['page', 'layout', 'loading', 'error', 'not-found', 'forbidden', 'unauthorized']
  const files = [...kinds, 'template', 'global-error'].map((kind) => `${kind}.tsx`)
  const root = scanRoutes([...files, 'api/route.ts'])
  expect(Object.values(root.files).toSorted()).toEqual(files.toSorted())
  expect(root.children).toEqual([
    {
      dir: 'api',
      segment: { kind: 'static', value: 'api' },
      files: { route: 'api/route.ts' },
      children: [],
    },
  ])
})

test('directory names become segments', () => {
  const root = scanRoutes([
    'layout.tsx',
    'a/page.tsx',
    '[id]/page.tsx',
    '[...all]/page.tsx',
    '(shop)/cart/page.tsx',
    'docs/[[...slug]]/page.tsx',
    '%5Fdrafts/page.tsx',
    'été/page.tsx',
  ])
  expect(Object.fromEntries(allNodes(root).map(({ dir, segment }) => [dir, segment]))).toEqual({
    '': { kind: 'root' },
    a: { kind: 'static', value: 'a' },
    '[id]': { kind: 'param', name: 'id' },
    '[...all]': { kind: 'catch-all', name: 'all' },
    '(shop)': { kind: 'group', name: 'shop' },
    '(shop)/cart': { kind: 'static', value: 'cart' },
    docs: { kind: 'static', value: 'docs' },
    'docs/[[...slug]]': { kind: 'optional-catch-all', name: 'slug' },
    '%5Fdrafts': { kind: 'static', value: '_drafts' },
    été: { kind: 'static', value: 'été' },
  })
})

test('a slot is a directory of its layout', () => {
  const { children } = scanRoutes(['layout.tsx', '@team/default.tsx', '@team/a/page.tsx'])
  expect(children).toMatchObject([
    { dir: '@team', segment: { kind: 'slot', slot: 'team' }, children: [{ dir: '@team/a' }] },
  ])
})

test.for(['page.js', 'page.jsx', 'page.ts', 'page.tsx', 'page.mdx'])('%s is a page', (file) => {
  expect(scanRoutes(['layout.jsx', file]).files.page).toBe(file)
})

test('other files are passed over, and so are private folders', () => {
  const files = [
    'page.css',
    'page.test.tsx',
    'page.d.ts',
    'layout.mdx',
    'toString.ts',
    'page',
    '_lib/page.tsx',
    'a/_lib/[/page.tsx',
    '@slot/helper.ts',
    'a/[broken/helper.ts',
  ]
  expect(scanRoutes(files)).toEqual({ dir: '', segment: { kind: 'root' }, files: {}, children: [] })
})

test('the tree does not depend on the order of the files and survives JSON', () => {
  const files = ['layout.tsx', 'page.tsx', 'a/page.tsx', 'a/[id]/page.tsx', '(g)/b/route.ts']
  const tree = scanRoutes(files)
  expect(JSON.parse(JSON.stringify(tree))).toEqual(tree)
  fc.assert(
    fc.property(fc.shuffledSubarray(files, { minLength: files.length }), (shuffled) => {
      expect(scanRoutes(shuffled)).toEqual(tree)
    }),
  )
})

test.for<[RouteErrorCode, string[], string, RegExp]>([
  [
    'page-and-route',
    ['layout.tsx', 'a/page.tsx', 'a/route.ts'],
    'a/route.ts',
    /app\/a\/page.tsx and app\/a\/route.ts answer for the same path.*move one/,
  ],
  [
    'same-path',
    ['layout.tsx', '(x)/a/page.tsx', '(y)/a/page.tsx'],
    '(y)/a/page.tsx',
    /app\/\(x\)\/a\/page.tsx and app\/\(y\)\/a\/page.tsx answer for the same path/,
  ],
  ['same-path', ['layout.tsx', '(x)/page.tsx', 'page.tsx'], 'page.tsx', /same path/],
  ['same-path', ['layout.tsx', '(x)/a/page.tsx', 'a/route.ts'], 'a/route.ts', /same path/],
  ['same-path', ['layout.tsx', 'a/page.tsx', 'a/[[...all]]/page.tsx'], 'a/page.tsx', /same path/],
  [
    'same-path',
    ['layout.tsx', 'a/[...x]/page.tsx', 'a/[[...x]]/page.tsx'],
    'a/[[...x]]/page.tsx',
    /same path/,
  ],
  [
    'param-names',
    ['layout.tsx', '[id]/a/page.tsx', '[slug]/b/page.tsx'],
    '[slug]/b/page.tsx',
    /"id" and "slug": use one name/,
  ],
  [
    'param-names',
    ['layout.tsx', '(x)/[id]/a/page.tsx', '(y)/[slug]/b/page.tsx'],
    '(y)/[slug]/b/page.tsx',
    /use one name/,
  ],
  [
    'duplicate-param',
    ['layout.tsx', '[id]/a/[id]/page.tsx'],
    '[id]/a/[id]/page.tsx',
    /two parameters named "id"/,
  ],
  [
    'duplicate-param',
    ['layout.tsx', '[id]/(g)/[...id]/layout.tsx'],
    '[id]/(g)/[...id]/layout.tsx',
    /two parameters named "id"/,
  ],
  [
    'misplaced-catch-all',
    ['layout.tsx', '[...all]/(g)/a/page.tsx'],
    '[...all]/(g)/a/page.tsx',
    /nothing can follow it/,
  ],
  [
    'duplicate-file',
    ['layout.tsx', 'page.js', 'page.tsx'],
    'page.tsx',
    /app\/page.js and app\/page.tsx/,
  ],
  ['missing-root-layout', ['a/page.tsx'], 'a/page.tsx', /create app\/layout.tsx/],
  [
    'missing-root-layout',
    ['(a)/layout.tsx', '(a)/page.tsx', '(b)/b/page.tsx', '(b)/b/c/layout.tsx'],
    '(b)/b/page.tsx',
    /create app\/layout.tsx/,
  ],
  ['same-path', ['layout.tsx', '@a/x/page.tsx', '@a/(g)/x/page.tsx'], '@a/x/page.tsx', /same path/],
  [
    'slot-without-layout',
    ['layout.tsx', 'a/@team/page.tsx'],
    'a/@team/page.tsx',
    /create app\/a\/layout.tsx, which gets it as the property "team"/,
  ],
  [
    'slot-without-layout',
    ['@team/layout.tsx', '@team/page.tsx'],
    '@team/layout.tsx',
    /app\/layout/,
  ],
  ['route-in-slot', ['layout.tsx', '@a/x/route.ts'], '@a/x/route.ts', /only shows pages/],
  [
    'bad-interception',
    ['layout.tsx', '(..)a/page.tsx'],
    '(..)a/page.tsx',
    /"\(\.\.\)a" goes 1 up, and above it are 0 .* Write \(\.\)/,
  ],
  [
    'bad-interception',
    ['layout.tsx', '(g)/a/layout.tsx', '(g)/a/@s/(..)(..)b/page.tsx'],
    '(g)/a/@s/(..)(..)b/page.tsx',
    /goes 2 up, and above it are 1 .* Write \(\.\.\)/,
  ],
  [
    'bad-interception',
    ['layout.tsx', 'a/(.)b/c/(..)d/page.tsx'],
    'a/(.)b/c/(..)d/page.tsx',
    /"\(\.\.\)d" within "\(\.\)b", which intercepts already/,
  ],
  ['bad-interception', ['layout.tsx', '(.)a/route.ts'], '(.)a/route.ts', /only shows pages/],
  [
    'duplicate-param',
    ['layout.tsx', '[id]/(.)b/[id]/page.tsx'],
    '[id]/(.)b/[id]/page.tsx',
    /two parameters named "id"/,
  ],
  [
    'misplaced-catch-all',
    ['layout.tsx', 'a/(.)[...all]/b/page.tsx'],
    'a/(.)[...all]/b/page.tsx',
    /nothing can follow it/,
  ],
  [
    'param-names',
    ['layout.tsx', '(.)a/[x]/page.tsx', '(.)a/[y]/b/page.tsx'],
    '(.)a/[y]/b/page.tsx',
    /use one name/,
  ],
])('%s: %j is refused', ([code, files, file, message]) => {
  const error = errorOf(() => scanRoutes(files))
  expect(error).toMatchObject({ code, file })
  expect(error?.message).toMatch(message)
})

test.for([
  '[]',
  '[...]',
  '[[...]]',
  '[[id]]',
  '[id',
  'a[id]',
  '[a][b]',
  '[a b]',
  '[__proto__]',
  '()',
  '(a)b',
  '@',
  '@children',
  '@params',
  '@a b',
  '%zz',
  'a%2Fb',
])('the directory %s is no segment', (directory) => {
  const error = errorOf(() => scanRoutes(['layout.tsx', `${directory}/page.tsx`]))
  expect(error?.code).toBe('bad-segment')
  expect(error?.message).toContain(`"${directory}"`)
})

test.for(['(.)', '(..)', '(..)(..)', '(...)', '(.)(g)', '(.)@s', '(..)(..)(..)a', '(...)(.)a'])(
  'the directory %s does not say what it intercepts',
  (directory) => {
    const error = errorOf(() => scanRoutes(['layout.tsx', `a/b/c/${directory}/page.tsx`]))
    expect(error?.code).toBe('bad-interception')
    expect(error?.message).toContain(`"${directory}"`)
  },
)

test('a directory that intercepts is what is behind its marker', () => {
  const { children } = scanRoutes([
    'layout.tsx',
    'a/b/layout.tsx',
    'a/b/(.)c/page.tsx',
    'a/b/(..)[id]/page.tsx',
    'a/b/(..)(..)[...all]/page.tsx',
    'a/b/(...)d/page.tsx',
  ])
  expect(children[0]!.children[0]!.children.map(({ segment }) => segment)).toEqual([
    { kind: 'static', value: 'c', intercepts: 0 },
    { kind: 'catch-all', name: 'all', intercepts: 2 },
    { kind: 'param', name: 'id', intercepts: 1 },
    { kind: 'static', value: 'd', intercepts: 'root' },
  ])
})

test('an intercepting page may be beside the one that it is for, and need none', () => {
  const files = ['[id]/(.)a/page.tsx', '[id]/a/page.tsx', '[lang]/x/(...)[lang]/b/page.tsx']
  expect(() => scanRoutes(['layout.tsx', ...files.slice(0, 2)])).not.toThrow()
  expect(() => scanRoutes(['layout.tsx', ...files.slice(2)])).not.toThrow()
})

test('each group may have a root layout of its own, and a handler needs none', () => {
  const files = [
    '(a)/layout.tsx',
    '(a)/page.tsx',
    '(b)/b/layout.tsx',
    '(b)/b/page.tsx',
    'api/route.ts',
  ]
  expect(() => scanRoutes(files)).not.toThrow()
})

test('slots may have a page for the same path, and other names for its parameters', () => {
  const files = ['[id]/page.tsx', '@a/[name]/page.tsx', '@b/[id]/page.tsx', '@a/(g)/page.tsx']
  expect(() => scanRoutes(['layout.tsx', ...files])).not.toThrow()
})

test('a parameter and a catch-all at one place may have different names', () => {
  expect(() => scanRoutes(['layout.tsx', 'a/[id]/page.tsx', 'a/[...rest]/page.tsx'])).not.toThrow()
})

function allNodes(node: RouteNode): RouteNode[] {
  return [node, ...node.children.flatMap(allNodes)]
}

function errorOf(run: () => unknown): RouteError | null {
  try {
    run()
    return null
  } catch (error) {
    if (error instanceof RouteError) return error
    throw error
  }
}
