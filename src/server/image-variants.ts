import type { ImageSize } from '../routes/metadata-file.ts'

/** One of the images that a metadata file makes. */
export type ImageVariant = {
  /** `null` for a file that makes only one. */
  id: string | null
  contentType: string
  size: ImageSize | null
  alt: string | null
}

type Fields = Record<string, unknown>
type Described = { params: Promise<unknown>; file: string }

/** What a file says about its images: by exports, or by `generateImageMetadata` for each. */
export async function readImageVariants(
  module: Fields,
  { params, file }: Described,
): Promise<ImageVariant[]> {
  const generate = module['generateImageMetadata']
  if (typeof generate !== 'function') return [variantOf(module, null)]
  const list: unknown = await generate({ params: await params })
  if (!Array.isArray(list)) {
    throw new TypeError(
      `generateImageMetadata of app/${file} must return a list, but returned ${typeof list}.`,
    )
  }
  return list.map((fields: Fields) => {
    const { id } = fields
    if (typeof id === 'string' || typeof id === 'number') return variantOf(fields, String(id))
    throw new TypeError(
      `generateImageMetadata of app/${file} returned an image whose id is ${typeof id}: each one needs a string or number of its own.`,
    )
  })
}

function variantOf({ contentType, size, alt }: Fields, id: string | null): ImageVariant {
  return {
    id,
    contentType: typeof contentType === 'string' ? contentType : 'image/png',
    size: isSize(size) ? size : null,
    alt: typeof alt === 'string' ? alt : null,
  }
}

function isSize(size: unknown): size is ImageSize {
  return typeof size === 'object' && size !== null && 'width' in size && 'height' in size
}
