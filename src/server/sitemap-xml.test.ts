import { expect, test } from 'vitest'
import { sitemapXml } from './sitemap-xml.ts'

const head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset'
const sitemaps = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'

test('an entry has what it says', () => {
  const lastModified = new Date('2026-01-02T03:04:05Z')
  const text = sitemapXml([
    { url: 'https://a.example/', lastModified, changeFrequency: 'daily', priority: 0 },
    { url: 'https://a.example/b', lastModified: '2026-01-02' },
  ])
  expect(text).toBe(
    `${head} ${sitemaps}>
<url>
<loc>https://a.example/</loc>
<lastmod>2026-01-02T03:04:05.000Z</lastmod>
<changefreq>daily</changefreq>
<priority>0</priority>
</url>
<url>
<loc>https://a.example/b</loc>
<lastmod>2026-01-02</lastmod>
</url>
</urlset>
`,
  )
})

test('languages, images and videos have namespaces of their own', () => {
  const text = sitemapXml([
    {
      url: 'https://a.example',
      alternates: { languages: { de: 'https://a.example/de' } },
      images: ['https://a.example/1.png'],
      videos: [
        {
          title: 'A film',
          thumbnail_loc: 'https://a.example/t.png',
          description: 'About it',
          duration: 60,
          uploader: { info: 'https://a.example/ada', content: 'Ada' },
          restriction: { relationship: 'allow', content: 'DE AT' },
        },
      ],
    },
  ])
  expect(text).toContain(
    `${head} ${sitemaps} xmlns:image="http://www.google.com/schemas/sitemap-image/1.1" xmlns:video="http://www.google.com/schemas/sitemap-video/1.1" xmlns:xhtml="http://www.w3.org/1999/xhtml">`,
  )
  expect(text).toContain('<xhtml:link rel="alternate" hreflang="de" href="https://a.example/de"/>')
  expect(text).toContain('<image:loc>https://a.example/1.png</image:loc>')
  expect(text).toContain('<video:title>A film</video:title>')
  expect(text).toContain('<video:duration>60</video:duration>')
  expect(text).toContain('<video:uploader info="https://a.example/ada">Ada</video:uploader>')
  expect(text).toContain('<video:restriction relationship="allow">DE AT</video:restriction>')
})

test('what XML knows is escaped, unless the app has done so', () => {
  expect(sitemapXml([{ url: 'https://a.example/?a=1&b=2&amp;c=<' }])).toContain(
    '<loc>https://a.example/?a=1&amp;b=2&amp;c=&lt;</loc>',
  )
})
