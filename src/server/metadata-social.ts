import { listOf, metaTags, propertyTags, type Content, type MetadataTag } from './metadata-tag.ts'
import type {
  Medium,
  OneOrMore,
  ResolvedOpenGraph,
  ResolvedTwitter,
  TwitterApp,
  TwitterPlayer,
  Url,
} from './metadata-types.ts'

export function openGraphTags(openGraph: ResolvedOpenGraph): MetadataTag[] {
  return [
    ...propertyTags('og:title', openGraph.title?.absolute),
    ...propertyTags('og:description', openGraph.description),
    ...propertyTags('og:url', openGraph.url),
    ...propertyTags('og:site_name', openGraph.siteName),
    ...propertyTags('og:type', openGraph.type),
    ...propertyTags('og:locale', openGraph.locale),
    ...propertyTags('og:locale:alternate', openGraph.alternateLocale),
    ...propertyTags('og:determiner', openGraph.determiner),
    ...propertyTags('og:country_name', openGraph.countryName),
    ...propertyTags('og:ttl', openGraph.ttl),
    ...propertyTags('og:email', openGraph.emails),
    ...propertyTags('og:phone_number', openGraph.phoneNumbers),
    ...propertyTags('og:fax_number', openGraph.faxNumbers),
    ...mediaTags(propertyTags, 'og:image', openGraph.images),
    ...mediaTags(propertyTags, 'og:audio', openGraph.audio),
    ...mediaTags(propertyTags, 'og:video', openGraph.videos),
    ...typeTags(openGraph),
  ]
}

/** The fields that only some types of page have are named after the type. */
function typeTags(openGraph: ResolvedOpenGraph): MetadataTag[] {
  const { type, authors, tags } = openGraph
  if (type === 'article') {
    return [
      ...propertyTags('article:published_time', openGraph.publishedTime),
      ...propertyTags('article:modified_time', openGraph.modifiedTime),
      ...propertyTags('article:expiration_time', openGraph.expirationTime),
      ...propertyTags('article:author', authors),
      ...propertyTags('article:section', openGraph.section),
      ...propertyTags('article:tag', tags),
    ]
  }
  if (type === 'book') {
    return [
      ...propertyTags('book:isbn', openGraph.isbn),
      ...propertyTags('book:release_date', openGraph.releaseDate),
      ...propertyTags('book:author', authors),
      ...propertyTags('book:tag', tags),
    ]
  }
  if (type !== 'profile') return []
  return [
    ...propertyTags('profile:first_name', openGraph.firstName),
    ...propertyTags('profile:last_name', openGraph.lastName),
    ...propertyTags('profile:username', openGraph.username),
    ...propertyTags('profile:gender', openGraph.gender),
  ]
}

export function twitterTags(twitter: ResolvedTwitter): MetadataTag[] {
  const { images, players, app } = twitter
  const card = twitter.card ?? (images?.length ? 'summary_large_image' : 'summary')
  return [
    ...metaTags('twitter:card', card),
    ...metaTags('twitter:site', twitter.site),
    ...metaTags('twitter:site:id', twitter.siteId),
    ...metaTags('twitter:creator', twitter.creator),
    ...metaTags('twitter:creator:id', twitter.creatorId),
    ...metaTags('twitter:title', twitter.title?.absolute),
    ...metaTags('twitter:description', twitter.description),
    ...mediaTags(metaTags, 'twitter:image', images),
    ...listOf(players).flatMap(playerTags),
    ...(app ? appTags(app) : []),
  ]
}

function playerTags({ playerUrl, streamUrl, width, height }: TwitterPlayer): MetadataTag[] {
  return [
    metaTags('twitter:player', playerUrl),
    metaTags('twitter:player:stream', streamUrl),
    metaTags('twitter:player:width', width),
    metaTags('twitter:player:height', height),
  ].flat()
}

function appTags({ name, id, url }: TwitterApp): MetadataTag[] {
  const devices = (['iphone', 'ipad', 'googleplay'] as const).filter((device) => id[device])
  return devices.flatMap((device) =>
    [
      metaTags(`twitter:app:name:${device}`, name),
      metaTags(`twitter:app:id:${device}`, id[device]),
      metaTags(`twitter:app:url:${device}`, url?.[device]),
    ].flat(),
  )
}

/** A medium's URL, then what is known about it: the order tells which image an `alt` belongs to. */
function mediaTags(
  tags: (name: string, content: Content) => MetadataTag[],
  name: string,
  media: OneOrMore<Url | Medium> | undefined,
): MetadataTag[] {
  return listOf(media).flatMap((medium) => {
    if (typeof medium === 'string' || medium instanceof URL) return tags(name, medium)
    return [
      tags(name, medium.url),
      tags(`${name}:secure_url`, medium.secureUrl),
      tags(`${name}:type`, medium.type),
      tags(`${name}:width`, medium.width),
      tags(`${name}:height`, medium.height),
      tags(`${name}:alt`, medium.alt),
    ].flat()
  })
}
