import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { imageSize } from 'image-size'
import {
  parseMetadataFile,
  type ImageSize,
  type MetadataFacts,
  type PlacedMetadataFile,
} from '../routes/metadata-file.ts'
import { RouteError } from '../routes/route-error.ts'
import { shownSize } from './shown-size.ts'

/** Reads the metadata files of an app. @throws RouteError for an image that is none */
export function readMetadata(
  directory: string,
  files: readonly string[],
): Record<string, MetadataFacts> {
  const placed = files.map(parseMetadataFile).filter((file) => file !== null)
  return Object.fromEntries(placed.map((one) => [one.file.path, factsOf(directory, one)]))
}

function factsOf(directory: string, placed: PlacedMetadataFile): MetadataFacts {
  const { path: name, source } = placed.file
  const file = path.join(directory, name)
  const content = readFileSync(file)
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 16)
  if (source === 'code') return { source, hash }
  const type = typeOf(placed)
  const isImage = type.startsWith('image/')
  const caption = file.replace(/\.[a-z]+$/, '.alt.txt')
  return {
    source,
    url: isImage ? imageUrl(placed, hash) : urlOf(placed),
    type,
    size: isImage && !name.endsWith('.svg') ? sizeOf(content, name) : null,
    alt: existsSync(caption) ? readFileSync(caption, 'utf8').trim() : null,
  }
}

/** One file answers for every value of a parameter, so it has an address without one. */
function imageUrl(placed: PlacedMetadataFile, hash: string): string {
  const isFixed = placed.segments.every(({ kind }) => kind === 'static' || kind === 'group')
  if (isFixed) return `${urlOf(placed)}?${hash}`
  const { name, ext } = path.posix.parse(placed.file.name)
  return `/assets/${encodeURIComponent(name)}-${hash}${ext}`
}

function urlOf({ segments, file }: PlacedMetadataFile): string {
  const directories = segments.flatMap((segment) =>
    segment.kind === 'static' ? [segment.value] : [],
  )
  return [...directories, file.name].map((segment) => `/${encodeURIComponent(segment)}`).join('')
}

function sizeOf(content: Uint8Array, name: string): ImageSize {
  try {
    return shownSize(imageSize(content))
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    const message = `app/${name} cannot be read as an image (${reason}): replace or rename it.`
    throw new RouteError('bad-image', message, name)
  }
}

const texts = {
  robots: 'text/plain',
  sitemap: 'application/xml',
  manifest: 'application/manifest+json',
}

const images: Record<string, string> = {
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.png': 'image/png',
  '.gif': 'image/gif',
  '.svg': 'image/svg+xml',
}

function typeOf({ file: { kind, path: name } }: PlacedMetadataFile): string {
  if (kind in texts) return texts[kind as keyof typeof texts]
  return images[path.posix.extname(name)] ?? 'application/octet-stream'
}
