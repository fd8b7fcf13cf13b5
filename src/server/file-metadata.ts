import { paramsOf, type MatchedNode } from '../routes/match-route.ts'
import { isImage, type ImageSize, type MetadataKind } from '../routes/metadata-file.ts'
import { readImageVariants } from './image-variants.ts'
import type { LoadedMetadata } from './load-route.ts'
import type { IconDescriptor, Medium } from './metadata-types.ts'

/** What the metadata files of a directory add to the pages below it. */
export type FileMetadata = {
  favicon: IconDescriptor[]
  icon: IconDescriptor[]
  apple: IconDescriptor[]
  openGraph: Medium[]
  twitter: Medium[]
  manifest: string | null
}

/** `chain` leads from the root to the directory. */
export async function fileMetadata(
  files: readonly LoadedMetadata[],
  chain: readonly MatchedNode[],
): Promise<FileMetadata> {
  const images = (await Promise.all(files.map((file) => imagesOf(file, chain)))).flat()
  const of = (kind: MetadataKind): Image[] => images.filter((image) => image.kind === kind)
  return {
    favicon: of('favicon').map(iconOf),
    icon: of('icon').map(iconOf),
    apple: of('apple-icon').map(iconOf),
    openGraph: of('opengraph-image').map(mediumOf),
    twitter: of('twitter-image').map(mediumOf),
    manifest: of('manifest').at(-1)?.url ?? null,
  }
}

type Image = {
  kind: MetadataKind
  url: string
  type: string
  size: ImageSize | null
  alt: string | null
}

async function imagesOf(loaded: LoadedMetadata, chain: readonly MatchedNode[]): Promise<Image[]> {
  const images = await ownImages(loaded, chain)
  return images.map((image) => below(loaded.basePath, image))
}

function below(basePath: string, image: Image): Image {
  return { ...image, url: basePath + image.url }
}

/** With addresses below the base path. */
async function ownImages(
  { file, facts, module }: LoadedMetadata,
  chain: readonly MatchedNode[],
): Promise<Image[]> {
  const { kind } = file
  if (facts.source === 'file') {
    const { url, type, size, alt } = facts
    return [{ kind, url, type, size, alt }]
  }
  const path = `${pathOf(chain)}/${encodeURIComponent(file.name)}`
  if (!isImage(kind)) return [{ kind, url: path, type: '', size: null, alt: null }]
  const params = Promise.resolve(paramsOf(chain))
  const variants = await readImageVariants(module, { params, file: file.path })
  return variants.map(({ id, contentType: type, size, alt }) => {
    const own = id === null ? path : `${path}/${encodeURIComponent(id)}`
    return { kind, url: `${own}?${facts.hash}`, type, size, alt }
  })
}

function pathOf(chain: readonly MatchedNode[]): string {
  const segments = chain.flatMap(({ node: { segment }, value }) =>
    segment.kind === 'root' || segment.kind === 'group' ? [] : value.split('/'),
  )
  return segments.map((segment) => `/${encodeURIComponent(segment)}`).join('')
}

function iconOf({ url, type, size }: Image): IconDescriptor {
  const sizes = size ? `${size.width}x${size.height}` : type === 'image/svg+xml' ? 'any' : null
  return { url, type, ...(sizes !== null && { sizes }) }
}

function mediumOf({ url, type, size, alt }: Image): Medium {
  return { url, type, ...size, ...(alt !== null && { alt }) }
}
