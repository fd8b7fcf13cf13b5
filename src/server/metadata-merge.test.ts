import { expect, test } from 'vitest'
import { completeMetadata } from './metadata-layer.ts'
import { mergeMetadata, type MetadataSource } from './metadata-merge.ts'
import type { Metadata, ResolvedMetadata, ResolvingMetadata } from './metadata-types.ts'

const props = { params: Promise.resolve({ id: '7' }), searchParams: Promise.resolve({}) }

const source = (dir: string, module: Record<string, unknown>): MetadataSource => ({
  dir,
  module,
  props,
})

const titled = (name: string): Record<string, unknown> => ({
  metadata: { title: { default: name, template: `%s | ${name}` } },
})

/** As the documentation of Next.js extends the images of a layout. */
async function extendParent(
  { params }: { params: Promise<{ id: string }> },
  parent: ResolvingMetadata,
): Promise<Metadata> {
  const { openGraph, title } = await parent
  return {
    title: `${(await params).id} of ${title?.absolute}`,
    openGraph: { images: ['/own.png', ...(openGraph?.images ?? [])] },
  }
}

/** `layers` are the metadata exports of one file in each directory, from the root down. */
const merged = (...layers: Metadata[]): Promise<ResolvedMetadata> =>
  mergeMetadata(layers.map((metadata, i) => source('a/'.repeat(i), { metadata })))

test('a page without metadata has a viewport and nothing else', async () => {
  expect(await mergeMetadata([source('', {}), source('a', { metadata: null })])).toEqual({
    metadataBase: null,
    title: null,
    viewport: { width: 'device-width', initialScale: 1 },
  })
})

test('a field replaces the whole field above it; null removes one, undefined does not', async () => {
  const above = { description: 'a', keywords: 'a', creator: 'a', openGraph: { siteName: 'a' } }
  const own = { description: 'b', keywords: null, creator: undefined, openGraph: { locale: 'b' } }
  const result = await mergeMetadata([
    source('', { metadata: above }),
    source('a', { metadata: own }),
  ])
  expect(result).toMatchObject({ description: 'b', keywords: null, creator: 'a' })
  expect(result.openGraph).toEqual({ locale: 'b' })
})

test.for<[string, Metadata['title'][], string | undefined]>([
  ['a string', ['A'], 'A'],
  ['the title above', ['A', undefined], 'A'],
  ['no title', ['A', null], undefined],
  ['the default of a template', [{ default: 'A', template: '%s | A' }], 'A'],
  ['the default, where a page has none', [{ default: 'A', template: '%s | A' }, undefined], 'A'],
  ['the template filled', [{ default: 'A', template: '%s | A' }, 'B'], 'B | A'],
  ['a template past a level', [{ default: 'A', template: '%s | A' }, undefined, 'C'], 'C | A'],
  ['no template past a title', [{ default: 'A', template: '%s | A' }, 'B', 'C'], 'C'],
  ['an absolute title', [{ default: 'A', template: '%s | A' }, { absolute: 'B' }], 'B'],
  [
    'the nearest template',
    [{ default: 'A', template: '%s | A' }, { default: 'B', template: '%s | B' }, 'C'],
    'C | B',
  ],
  [
    'a default in the template above',
    [{ default: 'A', template: '%s | A' }, { default: 'B', template: '%s | B' }, undefined],
    'B | A',
  ],
  ['the template of an absolute', [{ absolute: 'A', template: '%s | A' }, 'B'], 'B | A'],
  ['dollar signs as text', [{ default: 'A', template: '%s | A' }, "$& $' $1"], "$& $' $1 | A"],
])('the title is %s: %j', async ([, titles, expected]) => {
  const result = await merged(...titles.map((title) => (title === undefined ? {} : { title })))
  expect(result.title?.absolute).toBe(expected)
})

test("a page is not titled by its own directory's template, but by the one above", async () => {
  const page = { metadata: { title: 'page' } }
  const rootOnly = await mergeMetadata([source('', titled('A')), source('', page)])
  expect(rootOnly.title?.absolute).toBe('page')
  const nested = [source('', titled('A')), source('b', titled('B')), source('b', page)]
  expect((await mergeMetadata(nested)).title?.absolute).toBe('page | A')
})

test('Open Graph and Twitter have templates of their own', async () => {
  const { openGraph, twitter } = await merged(
    {
      title: { default: 'A', template: '%s | A' },
      openGraph: { title: { default: 'A', template: '%s | og' } },
      twitter: { title: { default: 'A', template: '%s | tw' } },
    },
    { title: 'B', openGraph: { title: 'B' }, twitter: { title: 'B' } },
  )
  expect(openGraph?.title?.absolute).toBe('B | og')
  expect(twitter?.title?.absolute).toBe('B | tw')
})

test.for([
  ['https://acme.com', '/x', 'https://acme.com/x'],
  ['https://acme.com', 'x', 'https://acme.com/x'],
  ['https://acme.com', './x', 'https://acme.com/x'],
  ['https://acme.com', '../x', 'https://acme.com/x'],
  ['https://acme.com/docs', '/x?q=//', 'https://acme.com/docs/x?q=//'],
  ['https://acme.com/docs/', 'x', 'https://acme.com/docs/x'],
  ['https://acme.com', 'http://other.com/x', 'http://other.com/x'],
  ['https://acme.com/docs', '//cdn.com/x', 'https://cdn.com/x'],
  [null, '/x', '/x'],
] as const)('with the base %s the URL %s is %s', async ([metadataBase, url, expected]) => {
  const result = await merged(
    { metadataBase },
    {
      alternates: {
        canonical: url,
        languages: { de: url },
        types: { 'text/x': [{ url, title: 't' }] },
      },
      openGraph: { url, images: [{ url, alt: 'alt' }] },
      twitter: { images: url },
    },
  )
  expect(result.alternates).toEqual({
    canonical: { url: expected },
    languages: { de: [{ url: expected }] },
    types: { 'text/x': [{ url: expected, title: 't' }] },
  })
  expect(result.openGraph).toEqual({ url: expected, images: [{ url: expected, alt: 'alt' }] })
  expect(result.twitter?.images).toEqual([{ url: expected }])
})

test('a base counts from where it is set', async () => {
  const { openGraph, alternates } = await merged(
    { metadataBase: new URL('https://a.com'), openGraph: { images: '/a.png' } },
    { metadataBase: 'https://b.com', alternates: { canonical: new URL('https://c.com/x') } },
  )
  expect(openGraph?.images).toEqual([{ url: 'https://a.com/a.png' }])
  expect(alternates?.canonical).toEqual({ url: 'https://c.com/x' })
})

test('Open Graph lacks nothing the page has, and Twitter nothing Open Graph has', async () => {
  const plain = await merged({ title: 'A', description: 'a' })
  expect(completeMetadata(plain)).toBe(plain)

  const { openGraph, twitter } = completeMetadata(
    await merged(
      { openGraph: { images: '/a.png', siteName: 'S' }, twitter: { description: 'tw' } },
      { title: 'A', description: 'a' },
    ),
  )
  const title = { absolute: 'A', template: null }
  const images = [{ url: '/a.png' }]
  expect(openGraph).toEqual({ title, description: 'a', images, siteName: 'S' })
  expect(twitter).toEqual({ title, description: 'tw', images })

  const alone = completeMetadata(await merged({ title: 'A', twitter: { images: '/a.png' } }))
  expect([alone.openGraph, alone.twitter]).toEqual([undefined, { title, images }])
})

test('generateMetadata is given its props and the merged metadata above', async () => {
  const result = await mergeMetadata([
    source('', { metadata: { title: 'A', openGraph: { images: '/a.png' } } }),
    source('a', { generateMetadata: extendParent }),
  ])
  expect(result.title?.absolute).toBe('7 of A')
  expect(result.openGraph?.images).toEqual([{ url: '/own.png' }, { url: '/a.png' }])
})

test('all generateMetadata start at once, so a layout may wait for what its page does', async () => {
  let fromPage: Metadata = {}
  const result = await mergeMetadata([
    source('', { generateMetadata: () => Promise.resolve().then(() => fromPage) }),
    source('a', { generateMetadata: () => void (fromPage = { description: 'from the page' }) }),
  ])
  expect(result.description).toBe('from the page')
})

test('what generateMetadata throws is thrown, and no promise is left rejected', async () => {
  const thrown = new Error('no such post')
  const unhandled: unknown[] = []
  const listen = (reason: unknown): void => void unhandled.push(reason)
  process.on('unhandledRejection', listen)
  const generateMetadata = (): never => {
    throw thrown
  }
  const sources = [
    source('', { generateMetadata }),
    source('a', {}),
    source('a/b', { generateMetadata }),
  ]
  await expect(mergeMetadata(sources)).rejects.toBe(thrown)
  await new Promise((resolve) => setImmediate(resolve))
  process.off('unhandledRejection', listen)
  expect(unhandled).toEqual([])
})

test('viewport and generateViewport are merged field by field over the default', async () => {
  const { viewport } = await mergeMetadata([
    source('', { viewport: { themeColor: 'black', maximumScale: 2 } }),
    source('a', {
      generateViewport: async (_: unknown, parent: Promise<{ maximumScale: number }>) => ({
        initialScale: 3,
        maximumScale: (await parent).maximumScale + 1,
      }),
    }),
  ])
  expect(viewport).toEqual({
    width: 'device-width',
    initialScale: 3,
    maximumScale: 3,
    themeColor: 'black',
  })
})

test("metadata of a 'use client' file is refused with the directory", async () => {
  const reference = Object.assign(() => {}, { $$typeof: Symbol.for('react.client.reference') })
  for (const name of ['metadata', 'generateMetadata', 'viewport']) {
    const refused = mergeMetadata([source('posts', { [name]: reference })])
    await expect(refused).rejects.toThrow(/of app\/posts is exported by a 'use client' file/)
  }
})
