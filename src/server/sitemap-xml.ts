import type { Sitemap } from './metadata-route.ts'

type Entry = Sitemap[number]
type Video = NonNullable<Entry['videos']>[number]
type Value = string | number | Date | undefined

/** `sitemap.xml` for what `sitemap.ts` returns. */
export function sitemapXml(entries: Sitemap): string {
  const uses = (field: 'images' | 'videos'): boolean =>
    entries.some((entry) => (entry[field]?.length ?? 0) > 0)
  const spaces = [
    ' xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"',
    uses('images') ? ' xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"' : '',
    uses('videos') ? ' xmlns:video="http://www.google.com/schemas/sitemap-video/1.1"' : '',
    entries.some(({ alternates }) => alternates?.languages)
      ? ' xmlns:xhtml="http://www.w3.org/1999/xhtml"'
      : '',
  ]
  const urls = entries.map((entry) => `<url>\n${entryXml(entry)}</url>\n`)
  return `<?xml version="1.0" encoding="UTF-8"?>\n<urlset${spaces.join('')}>\n${urls.join('')}</urlset>\n`
}

function entryXml(entry: Entry): string {
  const languages = Object.entries(entry.alternates?.languages ?? {})
  return [
    element('loc', entry.url),
    ...languages.map(([language, url]) =>
      url === undefined
        ? ''
        : `<xhtml:link rel="alternate" hreflang="${text(language)}" href="${text(url)}"/>\n`,
    ),
    ...(entry.images ?? []).map(
      (image) => `<image:image>\n${element('image:loc', image)}</image:image>\n`,
    ),
    ...(entry.videos ?? []).map((video) => `<video:video>\n${videoXml(video)}</video:video>\n`),
    element('lastmod', entry.lastModified),
    element('changefreq', entry.changeFrequency),
    element('priority', entry.priority),
  ].join('')
}

const videoFields = [
  'thumbnail_loc',
  'title',
  'description',
  'content_loc',
  'player_loc',
  'duration',
  'expiration_date',
  'rating',
  'view_count',
  'publication_date',
  'family_friendly',
  'requires_subscription',
  'live',
  'tag',
] as const

function videoXml(video: Video): string {
  const { restriction, platform, uploader } = video
  return [
    ...videoFields.map((field) => element(`video:${field}`, video[field])),
    element('video:restriction', restriction?.content, { relationship: restriction?.relationship }),
    element('video:platform', platform?.content, { relationship: platform?.relationship }),
    element('video:uploader', uploader?.content, { info: uploader?.info }),
  ].join('')
}

function element(
  name: string,
  value: Value,
  attributes: Record<string, string | undefined> = {},
): string {
  if (value === undefined) return ''
  const set = Object.entries(attributes).map(([attribute, content]) =>
    content === undefined ? '' : ` ${attribute}="${text(content)}"`,
  )
  return `<${name}${set.join('')}>${text(value)}</${name}>\n`
}

/** Next.js leaves escaping to the app, so what an app has escaped already is left as it is. */
function text(value: Exclude<Value, undefined>): string {
  const plain = value instanceof Date ? value.toISOString() : String(value)
  return plain
    .replaceAll(/&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\da-f]+);)/gi, '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
