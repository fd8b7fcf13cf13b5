import { expect, test } from 'vitest'
import { matchRoute, type RouteMatch } from './match-route.ts'
import { parseMetadataFile } from './metadata-file.ts'
import { RouteError } from './route-error.ts'
import { scanRoutes } from './scan-routes.ts'

test.for([
  ['favicon.ico', ['favicon', 'file', 'favicon.ico']],
  ['icon.svg', ['icon', 'file', 'icon.svg']],
  ['icon2.tsx', ['icon', 'code', 'icon2']],
  ['a/[id]/apple-icon.jpeg', ['apple-icon', 'file', 'apple-icon.jpeg']],
  ['opengraph-image.js', ['opengraph-image', 'code', 'opengraph-image']],
  ['(shop)/a/(b)/twitter-image1.gif', ['twitter-image', 'file', 'twitter-image1-shop-b.gif']],
  ['robots.txt', ['robots', 'file', 'robots.txt']],
  ['robots.ts', ['robots', 'code', 'robots.txt']],
  ['(shop)/sitemap.js', ['sitemap', 'code', 'sitemap.xml']],
  ['manifest.json', ['manifest', 'file', 'manifest.json']],
  ['manifest.ts', ['manifest', 'code', 'manifest.webmanifest']],
] as const)('%s is %j', ([path, expected]) => {
  const { kind, source, name } = parseMetadataFile(path)!.file
  expect([kind, source, name]).toEqual(expected)
})

test.for([
  'favicon.png',
  'favicon.tsx',
  'favicon1.ico',
  'icon12.png',
  'icon.gif',
  'icon.css',
  'icon.test.tsx',
  'icon',
  'apple-icon.svg',
  'opengraph-image.alt.txt',
  'sitemap1.ts',
  'toString.ts',
  'a/favicon.ico',
  'a/robots.ts',
  'a/manifest.json',
  '_parts/icon.tsx',
  '@team/icon.tsx',
])('%s is an ordinary file', (path) => {
  expect(parseMetadataFile(path)).toBeNull()
})

const root = scanRoutes([
  'layout.tsx',
  'page.tsx',
  '[...all]/page.tsx',
  'icon.tsx',
  'icon.png',
  'robots.ts',
  'sitemap.ts',
  '(shop)/posts/[id]/opengraph-image.tsx',
  'posts/[id]/page.tsx',
])

const summary = ({ kind, metadata, params }: RouteMatch): unknown =>
  metadata ? [metadata.file.path, metadata.id, params] : kind

test.for<[string, unknown]>([
  ['/icon', ['icon.tsx', null, {}]],
  ['/icon/large', ['icon.tsx', 'large', {}]],
  ['/icon/large/x', 'page'],
  ['/icon.png', 'page'],
  ['/robots.txt', ['robots.ts', null, {}]],
  ['/robots.txt/1', 'page'],
  ['/robots', 'page'],
  ['/sitemap.xml', ['sitemap.ts', null, {}]],
  ['/sitemap/2.xml', ['sitemap.ts', '2', {}]],
  ['/sitemap/2', 'page'],
  ['/sitemap.xml/2', 'page'],
  ['/other/2.xml', 'page'],
  [
    '/posts/a%20b/opengraph-image-shop',
    ['(shop)/posts/[id]/opengraph-image.tsx', null, { id: 'a b' }],
  ],
  ['/posts/7/opengraph-image', 'page'],
  ['/posts/7', 'page'],
])('%s is answered by %j', ([pathname, expected]) => {
  expect(summary(matchRoute(root, pathname))).toEqual(expected)
})

test.for([
  ['misplaced-catch-all', ['[...all]/icon.tsx']],
  ['same-path', ['icon.tsx', '(shop)/icon/page.tsx']],
  ['page-and-route', ['robots.ts', 'robots.txt/route.ts']],
] as const)('%s: %j', ([code, files]) => {
  const scan = (): unknown => scanRoutes(['layout.tsx', ...files])
  expect(scan).toThrow(RouteError)
  expect(scan).toThrow(expect.objectContaining({ code }))
})

test('an image that is served as it is may lie below a catch-all', () => {
  const { children } = scanRoutes(['[...all]/opengraph-image.png'])
  expect(children).toMatchObject([{ dir: '[...all]', metadata: [{ source: 'file' }] }])
})
