import type { FileMetadata } from './file-metadata.ts'
import type {
  Metadata,
  OpenGraph,
  ResolvedMetadata,
  ResolvedOpenGraph,
  ResolvedTitle,
  ResolvedTwitter,
  Title,
  Twitter,
} from './metadata-types.ts'
import { resolveAlternates, resolveMedia, resolveUrl } from './metadata-url.ts'

/** The title templates that the segments above have set. */
export type TitleTemplates = Record<'title' | 'openGraph' | 'twitter', string | null>

/** What a page without any metadata has. */
export const noMetadata: ResolvedMetadata = {
  metadataBase: null,
  title: null,
  viewport: { width: 'device-width', initialScale: 1 },
}

export function templatesOf({ title, openGraph, twitter }: ResolvedMetadata): TitleTemplates {
  return {
    title: title?.template ?? null,
    openGraph: openGraph?.title?.template ?? null,
    twitter: twitter?.title?.template ?? null,
  }
}

/**
 * The metadata of a layout or page laid over that of the layouts above: each field replaces the
 * whole field, nothing is merged inside of one. A field that is `undefined` counts as not set.
 */
export function applyMetadata(
  parent: ResolvedMetadata,
  own: Metadata,
  templates: TitleTemplates,
): ResolvedMetadata {
  const { metadataBase, title, openGraph, twitter, alternates, ...plain } = definedFields(own)
  const base = metadataBase === undefined ? parent.metadataBase : toBase(metadataBase)
  const merged: ResolvedMetadata = { ...parent, ...plain, metadataBase: base }
  if (title !== undefined)
    merged.title = title === null ? null : resolveTitle(title, templates.title)
  if (alternates !== undefined)
    merged.alternates = alternates && resolveAlternates(alternates, base)
  if (openGraph !== undefined) {
    merged.openGraph = openGraph && resolveOpenGraph(openGraph, base, templates.openGraph)
  }
  if (twitter !== undefined) {
    merged.twitter = twitter && resolveTwitter(twitter, base, templates.twitter)
  }
  return merged
}

/**
 * Images that are files replace those of the layouts above, but not what the layout or page beside
 * them says of its own.
 */
export function applyFiles(
  merged: ResolvedMetadata,
  own: Metadata,
  { openGraph, twitter, manifest }: FileMetadata,
): ResolvedMetadata {
  const { metadataBase } = merged
  const result = { ...merged }
  if (openGraph.length > 0 && own.openGraph?.images === undefined) {
    result.openGraph = { ...merged.openGraph, images: resolveMedia(openGraph, metadataBase) }
  }
  if (twitter.length > 0 && own.twitter?.images === undefined) {
    result.twitter = { ...merged.twitter, images: resolveMedia(twitter, metadataBase) }
  }
  if (manifest !== null) result.manifest = manifest
  return result
}

/**
 * What is only known when all layers are merged: Open Graph takes what it lacks from the page's
 * own title and description, and a Twitter card what it lacks from Open Graph or from those.
 */
export function completeMetadata(merged: ResolvedMetadata): ResolvedMetadata {
  if (!merged.openGraph && !merged.twitter) return merged
  const shared: ResolvedOpenGraph = {
    ...(merged.title && { title: merged.title }),
    ...(merged.description && { description: merged.description }),
    ...merged.openGraph,
  }
  const twitter: ResolvedTwitter = {
    ...(shared.title && { title: shared.title }),
    ...(shared.description && { description: shared.description }),
    ...(shared.images && { images: shared.images }),
    ...merged.twitter,
  }
  return { ...merged, ...(merged.openGraph && { openGraph: shared }), twitter }
}

function resolveTitle(title: Title, template: string | null): ResolvedTitle {
  if (typeof title === 'string') return { absolute: fill(template, title), template: null }
  if ('absolute' in title) return { absolute: title.absolute, template: title.template ?? null }
  return { absolute: fill(template, title.default), template: title.template }
}

/** A function as the replacement, because `$&` in a title is text. */
function fill(template: string | null, title: string): string {
  return template === null ? title : template.replaceAll('%s', () => title)
}

function resolveOpenGraph(
  { title, images, url, ...rest }: OpenGraph,
  base: URL | null,
  template: string | null,
): ResolvedOpenGraph {
  return {
    ...rest,
    ...(url !== undefined && { url: resolveUrl(url, base) }),
    ...(title !== undefined && { title: resolveTitle(title, template) }),
    ...(images !== undefined && { images: resolveMedia(images, base) }),
  }
}

function resolveTwitter(
  { title, images, ...rest }: Twitter,
  base: URL | null,
  template: string | null,
): ResolvedTwitter {
  return {
    ...rest,
    ...(title !== undefined && { title: resolveTitle(title, template) }),
    ...(images !== undefined && { images: resolveMedia(images, base) }),
  }
}

function toBase(base: string | URL | null): URL | null {
  return base === null ? null : new URL(base)
}

function definedFields(own: Metadata): Metadata {
  return Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined))
}
