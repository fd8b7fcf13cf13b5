import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { modes } from '../support/app.ts'
import { runCli } from '../support/cli.ts'
import { copyFixture } from '../support/fixture.ts'
import { useApp } from '../support/shared-app.ts'
import { visit } from '../support/visit.ts'

describe.for(modes)('in %s', (mode) => {
  const app = useApp('routing-app', mode)

  /** The tags of a page that speak of files, with `#` for the hash of a file. */
  async function tags(target: string): Promise<string[]> {
    const html = await (await app().fetch(target)).text()
    const found = html.match(/<(?:link rel="[a-z -]*(?:icon|manifest)"|meta [^>]*:image)[^>]*>/g)
    return (found ?? []).map((tag) => tag.replaceAll(/[?-][0-9a-f]{16}/g, '#'))
  }

  const icons = [
    '<link rel="icon" href="/favicon.ico#" type="image/x-icon" sizes="16x16"/>',
    '<link rel="icon" href="/icon.svg#" type="image/svg+xml" sizes="any"/>',
    '<link rel="icon" href="/icon1.png#" type="image/png" sizes="32x32"/>',
    '<link rel="apple-touch-icon" href="/apple-icon.png#" type="image/png" sizes="180x180"/>',
  ]
  const manifest = '<link rel="manifest" href="/manifest.webmanifest"/>'

  test('pages refer to the icons, the manifest and the images of their directories', async () => {
    expect((await tags('/')).toSorted()).toEqual(
      [
        manifest,
        '<meta property="og:image" content="/opengraph-image.png#"/>',
        '<meta property="og:image:type" content="image/png"/>',
        '<meta property="og:image:width" content="120"/>',
        '<meta property="og:image:height" content="63"/>',
        '<meta property="og:image:alt" content="A grey picture"/>',
        '<meta name="twitter:image" content="/opengraph-image.png#"/>',
        '<meta name="twitter:image:type" content="image/png"/>',
        '<meta name="twitter:image:width" content="120"/>',
        '<meta name="twitter:image:height" content="63"/>',
        '<meta name="twitter:image:alt" content="A grey picture"/>',
        ...icons,
      ].toSorted(),
    )
  })

  test('an image closer to the page comes first, with the parameters of its path', async () => {
    expect((await tags('/blog/first')).toSorted()).toEqual(
      [
        manifest,
        '<meta property="og:image" content="/blog/first/opengraph-image#"/>',
        '<meta property="og:image:type" content="image/svg+xml"/>',
        '<meta property="og:image:width" content="1200"/>',
        '<meta property="og:image:height" content="630"/>',
        '<meta property="og:image:alt" content="The title of a post"/>',
        '<meta name="twitter:image" content="/assets/twitter-image#.png"/>',
        '<meta name="twitter:image:type" content="image/png"/>',
        '<meta name="twitter:image:width" content="60"/>',
        '<meta name="twitter:image:height" content="30"/>',
        ...icons,
      ].toSorted(),
    )
    expect(await tags('/about')).toEqual(
      expect.arrayContaining([
        '<link rel="icon" href="/about/icon-marketing/w16#" type="image/svg+xml" sizes="16x16"/>',
        '<link rel="icon" href="/about/icon-marketing/w32#" type="image/svg+xml" sizes="32x32"/>',
        icons[0],
      ]),
    )
    expect(await tags('/about')).not.toContain(icons[1])
  })

  test('after a link the tags are those of the new page', async () => {
    const { page } = await visit(app(), '/')
    await page.click('a[href="/about"]')
    const hrefs = () =>
      page
        .locator('link[rel=icon]')
        .evaluateAll((links) => links.map((link) => link.getAttribute('href')))
    await expect.poll(async () => (await hrefs()).join()).toContain('/about/icon-marketing/w32')
    expect((await hrefs()).filter((href) => href?.includes('/icon.svg'))).toEqual([])
    await page.click('a[href="/blog"]')
    await expect.poll(async () => (await hrefs()).join()).toContain('/icon.svg')
  })

  test.for([
    ['/favicon.ico', 'favicon.ico', 'image/'],
    ['/icon.svg', 'icon.svg', 'image/svg+xml'],
    ['/icon1.png', 'icon1.png', 'image/png'],
    ['/opengraph-image.png', 'opengraph-image.png', 'image/png'],
    ['/docs/sitemap.xml', 'docs/sitemap.xml', /^(?:application|text)\/xml/],
  ] as const)('%s is the file', async ([target, file, type]) => {
    const answer = await app().fetch(target)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toMatch(type)
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(
      readFileSync(path.join(app().root, 'app', file)),
    )
  })

  test('what pages refer to is there, and by its hash it may be kept for long', async () => {
    for (const target of ['/', '/blog/first', '/about']) {
      const html = await (await app().fetch(target)).text()
      const urls = [...html.matchAll(/"(\/[^"]*[?-][0-9a-f]{16}(?:\.png)?)"/g)].map(
        ([, url]) => url!,
      )
      expect(urls.length).toBeGreaterThan(3)
      for (const url of urls) {
        const answer = await app().fetch(url)
        expect([url, answer.status]).toEqual([url, 200])
        expect(answer.headers.get('content-type')).toMatch(/^image\//)
        const isFile = /\.\w+(?:\?|$)/.test(url)
        if (isFile && mode === 'start') {
          expect(answer.headers.get('cache-control')).toContain('immutable')
        }
      }
    }
  })

  test('code makes images with the parameters of their path', async () => {
    const image = await app().fetch('/blog/a%20b/opengraph-image')
    expect(image.headers.get('content-type')).toBe('image/svg+xml')
    expect(await image.text()).toContain('<text>a b</text>')
    const icon = await app().fetch('/about/icon-marketing/w32')
    expect(icon.headers.get('content-type')).toBe('image/svg+xml')
    expect(await icon.text()).toContain('id="w32"')
    for (const missing of ['/about/icon-marketing/w48', '/about/icon-marketing', '/about/icon']) {
      expect((await app().fetch(missing)).status).toBe(404)
    }
  })

  test('robots, sitemaps and the manifest are made of what code returns', async () => {
    const read = async (target: string) => {
      const answer = await app().fetch(target)
      return [answer.headers.get('content-type'), await answer.text()]
    }
    expect(await read('/robots.txt')).toEqual([
      'text/plain',
      'User-Agent: *\nAllow: /\nDisallow: /private/\n\nSitemap: https://routing.example/sitemap.xml\n',
    ])
    expect(await read('/sitemap.xml')).toEqual([
      'application/xml',
      expect.stringContaining('<loc>https://routing.example/</loc>'),
    ])
    expect(await read('/shop/sitemap/1.xml')).toEqual([
      'application/xml',
      expect.stringContaining('<loc>https://routing.example/shop/1</loc>'),
    ])
    expect((await app().fetch('/shop/sitemap/2.xml')).status).toBe(404)
    const [type, text] = await read('/manifest.webmanifest')
    expect(type).toBe('application/manifest+json')
    expect(JSON.parse(text!)).toMatchObject({ name: 'Routing', display: 'standalone' })
  })
})

test('an import of next/og is an error that tells what there is', async () => {
  const root = copyFixture('shared-app', 'next-og')
  writeFileSync(
    path.join(root, 'app/icon.tsx'),
    "import { ImageResponse } from 'next/og'\nexport default () => new ImageResponse(null)\n",
  )
  const build = runCli(['build', root])
  expect(await build.exited).toBe(1)
  expect(build.output()).toContain('There is no "next/og" in Volley')
})
