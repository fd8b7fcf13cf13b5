import type { ImageProps, StaticImageData, StaticImport } from './image-types.ts'
import { srcSetOf, widthsOf } from './src-set.ts'

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

export type Source = { src: string; srcSet?: string; sizes?: string }

/** Without a loader there is one file, whatever the screen. */
export function sourceOf(props: ImageProps): Source {
  const { loader, unoptimized, overrideSrc, fill, sizes, quality } = props
  const given = typeof props.src === 'string' ? props.src : staticImage(props.src).src
  const shownSizes = sizes === undefined ? {} : { sizes }
  if (!loader || unoptimized) return { src: overrideSrc ?? given, ...shownSizes }
  const width = fill ? undefined : Number(sizeOf(props).width)
  const urlOf = (size: number): string =>
    loader({ src: given, width: size, ...(quality && { quality: Number(quality) }) })
  const widths = widthsOf({ width: Number.isFinite(width) ? width : undefined, sizes })
  return {
    ...shownSizes,
    ...(widths.unit === 'w' && sizes === undefined && { sizes: '100vw' }),
    srcSet: srcSetOf(widths, urlOf),
    src: overrideSrc ?? urlOf(widths.list.at(-1) ?? 0),
  }
}

/** What is behind the image until it has arrived. */
export function blurOf({ src, placeholder, blurDataURL }: ImageProps): string | undefined {
  if (placeholder?.startsWith('data:image/')) return placeholder
  if (placeholder !== 'blur') return undefined
  return blurDataURL ?? (typeof src === 'string' ? undefined : staticImage(src).blurDataURL)
}

function staticImage(src: StaticImport): StaticImageData {
  return 'default' in src ? src.default : src
}
