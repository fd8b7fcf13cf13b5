import type { ComponentProps } from 'react'

/** What Next.js makes of an imported image; Vite makes its URL. */
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
  loader?: ImageLoader
  quality?: Size
  overrideSrc?: string
  /** These three concern an image optimizer, which Volley does not have. */
  placeholder?: string
  blurDataURL?: string
  unoptimized?: boolean
}
