import type { ComponentProps, CSSProperties } from 'react'
import type { ImageProps } from './image-types.ts'
import { blurOf, sizeOf, sourceOf } from './image-source.ts'

export type ImgProps = ComponentProps<'img'>

/** The properties that are not attributes of an `<img>`. */
const own = new Set<string>([
  'src',
  'sizes',
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
  const { fill, preload = props.priority } = props
  const style = { ...(fill && cover), ...behind(blurOf(props)), ...props.style }
  const attributes = Object.entries(props).filter(([name]) => !own.has(name))
  // React sets attributes in this order, and some browsers fetch as soon as they see `src`.
  return {
    loading: preload ? 'eager' : 'lazy',
    ...(preload && { fetchPriority: 'high' }),
    decoding: 'async',
    ...Object.fromEntries(attributes),
    ...(fill ? {} : sizeOf(props)),
    ...(Object.keys(style).length > 0 && { style }),
    ...sourceOf(props),
  }
}

function behind(blur: string | undefined): CSSProperties {
  if (blur === undefined) return {}
  return {
    backgroundImage: `url(${JSON.stringify(blur)})`,
    backgroundSize: 'cover',
    backgroundPosition: '50% 50%',
    backgroundRepeat: 'no-repeat',
  }
}
