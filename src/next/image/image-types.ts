import type { ComponentProps } from 'react'

/** What an imported image is. */
export type StaticImageData = { src: string; width: number; height: number; blurDataURL?: string }

export type StaticImport = StaticImageData | { default: StaticImageData }

export type ImageLoaderProps = { src: string; width: number; quality?: number }

export type ImageLoader = (props: ImageLoaderProps) => string

type Size = number | `${number}`

type Own = 'src' | 'srcSet' | 'alt' | 'width' | 'height'

export type ImageProps = Omit<ComponentProps<'img'>, Own> & {
  src: string | StaticImport
  alt: string
  width?: Size
  height?: Size
  /** The image covers its nearest positioned ancestor. */
  fill?: boolean
  /** The image is seen first: it is fetched at once, and before others. */
  priority?: boolean
  preload?: boolean
  /** Makes the URL of each width that browsers may choose from; without it there is one file. */
  loader?: ImageLoader
  /** For the loader. */
  quality?: Size
  /** Leaves the loader out. */
  unoptimized?: boolean
  overrideSrc?: string
  /** `'blur'` shows `blurDataURL` behind the image, `'data:image/…'` itself. */
  placeholder?: 'blur' | 'empty' | `data:image/${string}`
  blurDataURL?: string
}
