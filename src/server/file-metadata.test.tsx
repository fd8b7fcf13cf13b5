import { expect, test } from 'vitest'
import type { MetadataFacts } from '../routes/metadata-file.ts'
import { matchRoute } from '../routes/match-route.ts'
import { scanRoutes } from '../routes/scan-routes.ts'
import { fileMetadata } from './file-metadata.ts'
import { mergeMetadata } from './metadata-merge.ts'
import { metadataTags } from './metadata-tags.ts'
import type { Metadata } from './metadata-types.ts'

type Layer = { dir: string; own?: Metadata; files?: Record<string, MetadataFacts | Module> }
type Module = { module: Record<string, unknown> }

const image = (url: string, alt: string | null = null): MetadataFacts => ({
  source: 'file',
  url,
  type: 'image/png',
  size: { width: 20, height: 10 },
  alt,
})

/** Which tags a page has where the layers, from the root down, have these files. */
async function tags(pathname: string, ...layers: Layer[]): Promise<string[]> {
  const paths = layers.flatMap(({ files = {} }) => Object.keys(files))
  const root = scanRoutes(['layout.tsx', `${layers.at(-1)!.dir}/page.tsx`, ...paths])
  const { nodes } = matchRoute(root, pathname)
  const sources = layers.map(({ dir, own, files = {} }) => {
    const depth = nodes.findIndex(({ node }) => node.dir === dir)
    const loaded = (nodes[depth]?.node.metadata ?? []).map((file) => {
      const given = files[file.path]!
      const basePath = ''
      return 'module' in given
        ? { file, facts: { source: 'code' as const, hash: 'hash' }, module: given.module, basePath }
        : { file, facts: given, module: {}, basePath }
    })
    return {
      dir,
      module: { metadata: own },
      props: { params: {} },
      files: fileMetadata(loaded, nodes.slice(0, depth + 1)),
    }
  })
  return metadataTags(await mergeMetadata(sources)).flatMap((tag) => {
    if (tag.type === 'title' || tag.attributes['name'] === 'viewport') return []
    const { name, property, rel, content, ...rest } = tag.attributes
    return `${name ?? property ?? rel} ${content ?? Object.values(rest).join(' ')}`
  })
}

test('icons of the closest directory count, and favicon.ico everywhere', async () => {
  const layers = [
    {
      dir: '',
      files: { 'favicon.ico': image('/favicon.ico?a'), 'icon.png': image('/icon.png?b') },
    },
    { dir: 'a', files: { 'a/icon.png': image('/a/icon.png?c') } },
  ]
  expect(await tags('/a', ...layers)).toEqual([
    'icon /favicon.ico?a image/png 20x10',
    'icon /a/icon.png?c image/png 20x10',
  ])
})

test("a page's own icons replace those that are files, except favicon.ico", async () => {
  const files = { 'favicon.ico': image('/favicon.ico?a'), 'icon.png': image('/icon.png?b') }
  const own = { icons: { icon: '/own.png', apple: '/apple.png' } }
  expect(await tags('/a', { dir: '', files }, { dir: 'a', own })).toEqual([
    'icon /favicon.ico?a image/png 20x10',
    'icon /own.png',
    'apple-touch-icon /apple.png',
  ])
  expect(await tags('/a', { dir: '', files }, { dir: 'a', own: { icons: '/own.png' } })).toContain(
    'icon /own.png',
  )
})

test('an image that is a file replaces one of a layout above, not one of its own directory', async () => {
  const above = {
    openGraph: { siteName: 'S', images: '/above.png' },
    twitter: { images: '/t.png' },
  }
  const files = {
    'a/opengraph-image.png': image('/a/og.png?a', 'Alt'),
    'a/twitter-image.png': image('/a/tw.png?a'),
  }
  const replaced = await tags('/a', { dir: '', own: above }, { dir: 'a', files })
  expect(replaced).toEqual(
    expect.arrayContaining([
      'og:site_name S',
      'og:image /a/og.png?a',
      'og:image:width 20',
      'og:image:alt Alt',
      'twitter:image /a/tw.png?a',
    ]),
  )
  expect(replaced.join()).not.toMatch('above')
  const kept = await tags('/a', { dir: '' }, { dir: 'a', files, own: above })
  expect(kept).toEqual(
    expect.arrayContaining(['og:image /above.png', 'twitter:image /t.png', 'og:site_name S']),
  )
  expect(kept.join()).not.toMatch('/a/')
})

test('an image is below the base of its layout', async () => {
  const files = { 'opengraph-image.png': image('/og.png?a') }
  const own = { metadataBase: new URL('https://a.example/docs') }
  expect(await tags('/a', { dir: '', own, files }, { dir: 'a' })).toContain(
    'og:image https://a.example/docs/og.png?a',
  )
})

test('code says what it makes, at the path of its parameters', async () => {
  const one = { contentType: 'image/gif', size: { width: 1, height: 2 }, alt: 'One' }
  const generateImageMetadata = ({ params }: { params: { id: string } }) => [
    { id: params.id, size: { width: 3, height: 3 } },
    { id: 'x/y' },
  ]
  const files = {
    '(g)/posts/[id]/opengraph-image.tsx': { module: one },
    '(g)/posts/[id]/icon.tsx': { module: { generateImageMetadata } },
  }
  expect(await tags('/posts/a%20b', { dir: '' }, { dir: '(g)/posts/[id]', files })).toEqual(
    expect.arrayContaining([
      'og:image /posts/a%20b/opengraph-image-g?hash',
      'og:image:type image/gif',
      'og:image:width 1',
      'og:image:alt One',
      'icon /posts/a%20b/icon-g/a%20b?hash image/png 3x3',
      'icon /posts/a%20b/icon-g/x%2Fy?hash image/png',
    ]),
  )
})

test('a manifest that is a file wins over one that is named', async () => {
  const files = { 'manifest.ts': { module: {} } }
  expect(
    await tags('/a', { dir: '', own: { manifest: '/own.json' }, files }, { dir: 'a' }),
  ).toEqual(['manifest /manifest.webmanifest'])
})
