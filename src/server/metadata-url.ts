import type {
  AlternateLink,
  AlternateLinks,
  Alternates,
  Medium,
  OneOrMore,
  ResolvedAlternates,
  Url,
} from './metadata-types.ts'

/**
 * Without a base a relative URL stays as it is: the origin of a request is whatever its sender
 * wrote into `Host`. The path of a base is kept in front of the URL, whether that begins with a
 * slash or not.
 */
export function resolveUrl(url: Url, base: URL | null): string {
  if (typeof url !== 'string') return url.href
  if (!base || URL.canParse(url)) return url
  if (url.startsWith('//')) return new URL(url, base).href
  const directory = base.pathname.replace(/\/$/, '')
  return new URL(`${directory}/${url.replace(/^\//, '')}`, base).href
}

/** Descriptors, so that `generateMetadata` can spread the images of its parent into its own. */
export function resolveMedia(media: OneOrMore<Url | Medium>, base: URL | null): Medium[] {
  return [media].flat().map((medium) => resolveDescriptor(medium, base))
}

export function resolveAlternates(alternates: Alternates, base: URL | null): ResolvedAlternates {
  const { canonical, languages, media, types } = alternates
  return {
    ...(canonical && { canonical: resolveDescriptor(canonical, base) }),
    ...(languages && { languages: resolveLinks(languages, base) }),
    ...(media && { media: resolveLinks(media, base) }),
    ...(types && { types: resolveLinks(types, base) }),
  }
}

function resolveLinks(links: AlternateLinks, base: URL | null): Record<string, AlternateLink[]> {
  const resolved = Object.entries(links).map(([name, value]) => {
    const list = value === null ? [] : [value].flat()
    return [name, list.map((url) => resolveDescriptor(url, base))]
  })
  return Object.fromEntries(resolved)
}

function resolveDescriptor<descriptor extends { url: Url }>(
  value: Url | descriptor,
  base: URL | null,
): descriptor | { url: Url } {
  if (typeof value === 'string' || value instanceof URL) return { url: resolveUrl(value, base) }
  return Object.assign({}, value, { url: resolveUrl(value.url, base) })
}
