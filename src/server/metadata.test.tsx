import type { ReactNode } from 'react'
import { expect, test } from 'vitest'
import { mergeMetadata } from './metadata-merge.ts'
import type { Metadata, Viewport } from './metadata-types.ts'
import { renderMetadata } from './metadata.tsx'

const defaults = [
  '<meta charSet="utf-8">',
  '<meta name="viewport" content="width=device-width, initial-scale=1">',
]

async function rendered(metadata: Metadata, viewport: Viewport = {}): Promise<string[]> {
  const props = { params: {} }
  const resolved = await mergeMetadata([{ dir: '', module: { metadata, viewport }, props }])
  return elementsOf(renderMetadata(resolved)).map(print)
}

test('every page has a charset and a viewport', async () => {
  expect(await rendered({})).toEqual(defaults)
})

test.for<[string, Metadata, string[]]>([
  ['title', { title: 'A & B' }, ['<title>A & B</title>']],
  ['empty title', { title: '' }, []],
  ['description', { description: 'd' }, ['<meta name="description" content="d">']],
  ['keywords', { keywords: ['a', 'b'] }, ['<meta name="keywords" content="a,b">']],
  ['no keywords', { keywords: [] }, []],
  [
    'authors',
    { authors: [{ name: 'Ada' }, { name: 'Bob', url: 'https://b.com' }] },
    [
      '<meta name="author" content="Ada">',
      '<link rel="author" href="https://b.com">',
      '<meta name="author" content="Bob">',
    ],
  ],
  [
    'document',
    {
      applicationName: 'app',
      generator: 'gen',
      referrer: 'no-referrer',
      creator: 'c',
      publisher: 'p',
      category: 'cat',
      abstract: 'abs',
      classification: 'cls',
      archives: '/a',
      assets: ['/b', '/c'],
      manifest: '/m.json',
    },
    [
      '<meta name="application-name" content="app">',
      '<link rel="manifest" href="/m.json">',
      '<meta name="generator" content="gen">',
      '<meta name="referrer" content="no-referrer">',
      '<meta name="creator" content="c">',
      '<meta name="publisher" content="p">',
      '<meta name="abstract" content="abs">',
      '<meta name="category" content="cat">',
      '<meta name="classification" content="cls">',
      '<link rel="archives" href="/a">',
      '<link rel="assets" href="/b">',
      '<link rel="assets" href="/c">',
    ],
  ],
  ['robots text', { robots: 'noindex' }, ['<meta name="robots" content="noindex">']],
  [
    'robots',
    {
      robots: {
        index: false,
        follow: true,
        nocache: true,
        noarchive: false,
        googleBot: { index: true, 'max-video-preview': -1, 'max-image-preview': 'large' },
      },
    },
    [
      '<meta name="robots" content="noindex, follow, nocache">',
      '<meta name="googlebot" content="index, max-video-preview:-1, max-image-preview:large">',
    ],
  ],
  [
    'alternates',
    {
      alternates: {
        canonical: 'https://a.com/',
        languages: { 'en-US': '/en', de: null },
        media: { print: '/print' },
        types: { 'application/rss+xml': [{ url: '/rss', title: 'Feed' }, { url: '/rss2' }] },
      },
    },
    [
      '<link rel="canonical" href="https://a.com/">',
      '<link rel="alternate" hrefLang="en-US" href="/en">',
      '<link rel="alternate" media="print" href="/print">',
      '<link rel="alternate" type="application/rss+xml" href="/rss" title="Feed">',
      '<link rel="alternate" type="application/rss+xml" href="/rss2">',
    ],
  ],
  ['one icon', { icons: '/i.png' }, ['<link rel="icon" href="/i.png">']],
  [
    'a list of icons',
    { icons: [new URL('https://a.com/i.png'), { rel: 'mask-icon', url: '/m.svg', color: '#000' }] },
    [
      '<link rel="icon" href="https://a.com/i.png">',
      '<link rel="mask-icon" href="/m.svg" color="#000">',
    ],
  ],
  [
    'icons',
    {
      icons: {
        icon: [{ url: '/i.png', sizes: '32x32' }, '/j.png'],
        shortcut: '/s.png',
        apple: '/a.png',
        other: { rel: 'x', url: '/x.png' },
      },
    },
    [
      '<link rel="shortcut icon" href="/s.png">',
      '<link rel="icon" href="/i.png" sizes="32x32">',
      '<link rel="icon" href="/j.png">',
      '<link rel="apple-touch-icon" href="/a.png">',
      '<link rel="x" href="/x.png">',
    ],
  ],
  [
    'verification',
    { verification: { google: 'g', yahoo: 'y', yandex: 'x', me: ['m', 'n'], other: { b: ['c'] } } },
    [
      '<meta name="google-site-verification" content="g">',
      '<meta name="y_key" content="y">',
      '<meta name="yandex-verification" content="x">',
      '<meta name="me" content="m">',
      '<meta name="me" content="n">',
      '<meta name="b" content="c">',
    ],
  ],
  [
    'devices',
    {
      formatDetection: { telephone: false, email: false, url: true },
      itunes: { appId: '7', appArgument: 'x' },
      facebook: { appId: '8' },
      appleWebApp: { title: 'W', startupImage: ['/a.png', { url: '/b.png', media: 'm' }] },
    },
    [
      '<meta name="format-detection" content="telephone=no, email=no">',
      '<meta name="apple-itunes-app" content="app-id=7, app-argument=x">',
      '<meta property="fb:app_id" content="8">',
      '<meta name="mobile-web-app-capable" content="yes">',
      '<meta name="apple-mobile-web-app-title" content="W">',
      '<meta name="apple-mobile-web-app-status-bar-style" content="default">',
      '<link rel="apple-touch-startup-image" href="/a.png">',
      '<link rel="apple-touch-startup-image" href="/b.png" media="m">',
    ],
  ],
  [
    'Open Graph, and Twitter after it',
    {
      openGraph: {
        type: 'article',
        title: 'T',
        url: 'https://a.com/x',
        siteName: 'S',
        images: [{ url: '/i.png', width: 800, alt: 'A' }, '/j.png'],
        videos: '/v.mp4',
        publishedTime: '2026-01-01',
        authors: ['Ada', 'Bob'],
      },
    },
    [
      '<meta property="og:title" content="T">',
      '<meta property="og:url" content="https://a.com/x">',
      '<meta property="og:site_name" content="S">',
      '<meta property="og:type" content="article">',
      '<meta property="og:image" content="/i.png">',
      '<meta property="og:image:width" content="800">',
      '<meta property="og:image:alt" content="A">',
      '<meta property="og:image" content="/j.png">',
      '<meta property="og:video" content="/v.mp4">',
      '<meta property="article:published_time" content="2026-01-01">',
      '<meta property="article:author" content="Ada">',
      '<meta property="article:author" content="Bob">',
      '<meta name="twitter:card" content="summary_large_image">',
      '<meta name="twitter:title" content="T">',
      '<meta name="twitter:image" content="/i.png">',
      '<meta name="twitter:image:width" content="800">',
      '<meta name="twitter:image:alt" content="A">',
      '<meta name="twitter:image" content="/j.png">',
    ],
  ],
  [
    'a Twitter app',
    {
      twitter: {
        card: 'app',
        site: '@a',
        siteId: '1',
        creator: '@b',
        app: { name: 'N', id: { iphone: 'i' }, url: { iphone: 'u://x' } },
      },
    },
    [
      '<meta name="twitter:card" content="app">',
      '<meta name="twitter:site" content="@a">',
      '<meta name="twitter:site:id" content="1">',
      '<meta name="twitter:creator" content="@b">',
      '<meta name="twitter:app:name:iphone" content="N">',
      '<meta name="twitter:app:id:iphone" content="i">',
      '<meta name="twitter:app:url:iphone" content="u://x">',
    ],
  ],
  ['Twitter without an image', { twitter: {} }, ['<meta name="twitter:card" content="summary">']],
  [
    'other',
    { other: { a: 'b', c: ['d', 7] } },
    ['<meta name="a" content="b">', '<meta name="c" content="d">', '<meta name="c" content="7">'],
  ],
])('%s', async ([, metadata, expected]) => {
  expect(await rendered(metadata)).toEqual([...defaults, ...expected])
})

test('the viewport, its colours and scheme', async () => {
  const viewport: Viewport = {
    maximumScale: 1,
    userScalable: false,
    viewportFit: 'cover',
    themeColor: ['red', { media: '(prefers-color-scheme: dark)', color: 'black' }],
    colorScheme: 'dark light',
  }
  expect(await rendered({}, viewport)).toEqual([
    '<meta charSet="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1, maximum-scale=1, user-scalable=no, viewport-fit=cover">',
    '<meta name="theme-color" content="red">',
    '<meta name="theme-color" content="black" media="(prefers-color-scheme: dark)">',
    '<meta name="color-scheme" content="dark light">',
  ])
})

test('a tag keeps its key when others come and go, and no two share one', async () => {
  const few = await keys({ title: 'A', other: { a: ['1', '2'] } })
  const many = await keys({ title: 'A', description: 'd', icons: '/i', other: { a: ['1', '2'] } })
  expect(new Set(many).size).toBe(many.length)
  expect(many).toEqual(expect.arrayContaining(few))
})

type Head = { type: string; key: string | null; props: Record<string, string> }

function elementsOf(node: ReactNode): Head[] {
  return [node].flat() as Head[]
}

function print({ type, props: { children, ...attributes } }: Head): string {
  const names = Object.entries(attributes).map(([name, value]) => ` ${name}="${value}"`)
  return `<${type}${names.join('')}>${children === undefined ? '' : `${children}</${type}>`}`
}

async function keys(metadata: Metadata): Promise<(string | null)[]> {
  const source = { dir: '', module: { metadata }, props: { params: {} } }
  return elementsOf(renderMetadata(await mergeMetadata([source]))).map(({ key }) => key)
}
