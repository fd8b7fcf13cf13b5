import type { FileMetadata } from './file-metadata.ts'
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

/** What a page's own `icons` says replaces icons that are files, except `favicon.ico`. */
export function withFileIcons(
  merged: ResolvedMetadata,
  { favicon, icon, apple }: Pick<FileMetadata, 'favicon' | 'icon' | 'apple'>,
): ResolvedMetadata {
  const { icons } = merged
  if (favicon.length + icon.length + apple.length === 0) return merged
  if (!icons) return { ...merged, icons: { icon: [...favicon, ...icon], apple } }
  const own: Icons = isByKind(icons) ? icons : { icon: icons }
  return { ...merged, icons: { ...own, icon: [...favicon, ...listOf(own.icon)] } }
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
