import type { ImageProps, StaticImageData, StaticImport } from './image-types.ts'

type Size = Pick<ImageProps, 'width' | 'height'>

/** The size that was given; where only one side was, the other keeps the proportions of the file. */
export function sizeOf({ src, width, height }: ImageProps): Size {
  if (typeof src === 'string') return { ...(width && { width }), ...(height && { height }) }
  const file = staticImage(src)
  const scale = width ? Number(width) / file.width : height ? Number(height) / file.height : 1
  return {
    width: width ?? Math.round(file.width * scale),
    height: height ?? Math.round(file.height * scale),
  }
}

export function sourceOf({ src, loader, width, quality, overrideSrc }: ImageProps): string {
  const file = typeof src === 'string' ? { src } : staticImage(src)
  if (overrideSrc !== undefined || !loader) return overrideSrc ?? file.src
  const size = Number(width ?? ('width' in file ? file.width : largestWidth))
  return loader({ src: file.src, width: size, ...(quality && { quality: Number(quality) }) })
}

/** What a loader is asked for when nothing tells how wide the image is shown. */
const largestWidth = 1920

function staticImage(src: StaticImport): StaticImageData {
  return 'default' in src ? src.default : src
}
