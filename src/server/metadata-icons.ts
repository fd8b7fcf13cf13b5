import { linkTags, listOf, type MetadataTag } from './metadata-tag.ts'
import type { Icon, Icons, OneOrMore, ResolvedMetadata } from './metadata-types.ts'

export function iconTags(icons: ResolvedMetadata['icons']): MetadataTag[] {
  if (!icons) return []
  const { icon, shortcut, apple, other } = isByKind(icons) ? icons : { icon: icons }
  return [
    ...linksTo(shortcut, 'shortcut icon'),
    ...linksTo(icon, 'icon'),
    ...linksTo(apple, 'apple-touch-icon'),
    ...linksTo(other, 'icon'),
  ]
}

function linksTo(icons: OneOrMore<Icon> | undefined, defaultRel: string): MetadataTag[] {
  return listOf(icons).flatMap((icon) => {
    if (typeof icon === 'string' || icon instanceof URL) return linkTags(defaultRel, { href: icon })
    const { url, rel = defaultRel, ...attributes } = icon
    return linkTags(rel, { href: url, ...attributes })
  })
}

function isByKind(icons: NonNullable<ResolvedMetadata['icons']>): icons is Icons {
  return typeof icons === 'object' && !Array.isArray(icons) && !(icons instanceof URL)
}
