import { completeMetadata } from './metadata-layer.ts'
import { iconTags } from './metadata-icons.ts'
import { openGraphTags, twitterTags } from './metadata-social.ts'
import { linkTags, listOf, metaTags, propertyTags, type MetadataTag } from './metadata-tag.ts'
import type {
  AlternateLink,
  AppleWebApp,
  Author,
  ResolvedAlternates,
  ResolvedMetadata,
  Robots,
  Verification,
  Viewport,
} from './metadata-types.ts'

/** The elements of `<head>` for merged metadata, except the charset, which every page has. */
export function metadataTags(merged: ResolvedMetadata): MetadataTag[] {
  const metadata = completeMetadata(merged)
  const { title, openGraph, twitter, alternates, verification, icons } = metadata
  return [
    ...viewportTags(metadata.viewport),
    ...(title?.absolute ? [{ type: 'title' as const, text: title.absolute }] : []),
    ...documentTags(metadata),
    ...robotsTags(metadata.robots),
    ...(alternates ? alternateTags(alternates) : []),
    ...deviceTags(metadata),
    ...(verification ? verificationTags(verification) : []),
    ...(openGraph ? openGraphTags(openGraph) : []),
    ...(twitter ? twitterTags(twitter) : []),
    ...iconTags(icons),
    ...Object.entries(metadata.other ?? {}).flatMap(([name, content]) => metaTags(name, content)),
  ]
}

function viewportTags(viewport: Viewport): MetadataTag[] {
  const { userScalable } = viewport
  const content = settings({
    width: viewport.width,
    height: viewport.height,
    'initial-scale': viewport.initialScale,
    'minimum-scale': viewport.minimumScale,
    'maximum-scale': viewport.maximumScale,
    'user-scalable': userScalable === undefined ? undefined : userScalable ? 'yes' : 'no',
    'viewport-fit': viewport.viewportFit,
    'interactive-widget': viewport.interactiveWidget,
  })
  return [
    ...metaTags('viewport', content),
    ...listOf(viewport.themeColor).flatMap((theme) => {
      const { color, media } = typeof theme === 'string' ? { color: theme } : theme
      const attributes = { name: 'theme-color', content: color, ...(media && { media }) }
      return [{ type: 'meta' as const, attributes }]
    }),
    ...metaTags('color-scheme', viewport.colorScheme),
  ]
}

function documentTags(metadata: ResolvedMetadata): MetadataTag[] {
  return [
    ...metaTags('description', metadata.description),
    ...metaTags('application-name', metadata.applicationName),
    ...listOf(metadata.authors).flatMap(authorTags),
    ...(metadata.manifest ? linkTags('manifest', { href: metadata.manifest }) : []),
    ...metaTags('generator', metadata.generator),
    ...metaTags('keywords', listOf(metadata.keywords).join(',') || null),
    ...metaTags('referrer', metadata.referrer),
    ...metaTags('creator', metadata.creator),
    ...metaTags('publisher', metadata.publisher),
    ...metaTags('abstract', metadata.abstract),
    ...metaTags('category', metadata.category),
    ...metaTags('classification', metadata.classification),
    ...(['archives', 'assets', 'bookmarks'] as const).flatMap((rel) =>
      listOf(metadata[rel]).flatMap((href) => linkTags(rel, { href })),
    ),
  ]
}

function robotsTags(robots: ResolvedMetadata['robots']): MetadataTag[] {
  if (!robots) return []
  if (typeof robots === 'string') return metaTags('robots', robots)
  const { googleBot, ...rules } = robots
  const google = typeof googleBot === 'object' ? robotsContent(googleBot) : googleBot
  return [...metaTags('robots', robotsContent(rules)), ...metaTags('googlebot', google)]
}

/** `index` and `follow` have a word for "no"; the other rules are there or not. */
function robotsContent({ index, follow, ...rules }: Omit<Robots, 'googleBot'>): string | null {
  const words = [
    index === undefined ? [] : index ? 'index' : 'noindex',
    follow === undefined ? [] : follow ? 'follow' : 'nofollow',
    Object.entries(rules).map(([rule, value]) => {
      if (typeof value === 'boolean') return value ? rule : []
      return `${rule}:${value}`
    }),
  ]
  return words.flat(2).join(', ') || null
}

function authorTags({ name, url }: Author): MetadataTag[] {
  const links = url ? linkTags('author', { href: url }) : []
  return links.concat(metaTags('author', name))
}

function alternateTags({ canonical, languages, media, types }: ResolvedAlternates): MetadataTag[] {
  return [
    ...(canonical ? linkTags('canonical', { href: canonical.url, title: canonical.title }) : []),
    ...alternatesBy('hrefLang', languages),
    ...alternatesBy('media', media),
    ...alternatesBy('type', types),
  ]
}

function alternatesBy(
  attribute: string,
  links: Record<string, AlternateLink[]> = {},
): MetadataTag[] {
  return Object.entries(links).flatMap(([value, list]) =>
    list.flatMap(({ url, title }) =>
      linkTags('alternate', { [attribute]: value, href: url, title }),
    ),
  )
}

function deviceTags({
  appleWebApp,
  formatDetection,
  itunes,
  facebook,
}: ResolvedMetadata): MetadataTag[] {
  const detection = Object.entries(formatDetection ?? {}).filter(([, detects]) => !detects)
  return [
    ...metaTags(
      'format-detection',
      settings(Object.fromEntries(detection.map(([of]) => [of, 'no']))),
    ),
    ...metaTags(
      'apple-itunes-app',
      itunes && settings({ 'app-id': itunes.appId, 'app-argument': itunes.appArgument }),
    ),
    ...propertyTags('fb:app_id', facebook?.appId),
    ...propertyTags('fb:admins', facebook?.admins),
    ...(appleWebApp ? webAppTags(appleWebApp === true ? {} : appleWebApp) : []),
  ]
}

function webAppTags({ capable, title, statusBarStyle, startupImage }: AppleWebApp): MetadataTag[] {
  return [
    ...metaTags('mobile-web-app-capable', capable === false ? null : 'yes'),
    ...metaTags('apple-mobile-web-app-title', title),
    ...metaTags('apple-mobile-web-app-status-bar-style', statusBarStyle ?? 'default'),
    ...listOf(startupImage).flatMap((image) => {
      const { url, media } = typeof image === 'string' ? { url: image } : image
      return linkTags('apple-touch-startup-image', { href: url, media })
    }),
  ]
}

function verificationTags({ google, yahoo, yandex, me, other }: Verification): MetadataTag[] {
  return [
    ...metaTags('google-site-verification', google),
    ...metaTags('y_key', yahoo),
    ...metaTags('yandex-verification', yandex),
    ...metaTags('me', me),
    ...Object.entries(other ?? {}).flatMap(([name, code]) => metaTags(name, code)),
  ]
}

/** `{ a: 1, b: undefined }` → `a=1`; `null` when nothing is set. */
function settings(values: Record<string, string | number | undefined>): string | null {
  const set = Object.entries(values).filter(([, value]) => value !== undefined)
  return set.map(([name, value]) => `${name}=${value}`).join(', ') || null
}
