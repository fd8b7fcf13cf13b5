import type { ComponentProps, CSSProperties } from 'react'
import type { ImageProps } from './image-types.ts'
import { sizeOf, sourceOf } from './image-source.ts'

export type ImgProps = ComponentProps<'img'>

/** The properties that are not attributes of an `<img>`. */
const own = new Set<string>([
  'src',
  'fill',
  'priority',
  'preload',
  'loader',
  'quality',
  'overrideSrc',
  'placeholder',
  'blurDataURL',
  'unoptimized',
] satisfies (keyof ImageProps)[])

const cover: CSSProperties = { position: 'absolute', inset: 0, width: '100%', height: '100%' }

/** The properties of the `<img>` that stands for an `Image`. */
export function toImgProps(props: ImageProps): ImgProps {
  const { fill, preload = props.priority, style } = props
  const attributes = Object.entries(props).filter(([name]) => !own.has(name))
  // React sets attributes in this order, and some browsers fetch as soon as they see `src`.
  return {
    loading: preload ? 'eager' : 'lazy',
    ...(preload && { fetchPriority: 'high' }),
    decoding: 'async',
    ...Object.fromEntries(attributes),
    ...(fill ? { style: { ...cover, ...style } } : sizeOf(props)),
    src: sourceOf(props),
  }
}
