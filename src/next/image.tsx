import type { ReactElement } from 'react'
import type { ImageProps } from './image/image-types.ts'
import { type ImgProps, toImgProps } from './image/img-props.ts'

export type {
  ImageLoader,
  ImageLoaderProps,
  ImageProps,
  StaticImageData,
  StaticImport,
} from './image/image-types.ts'

/** An `<img>` that is fetched when it comes near. Volley does not resize images. */
export default function Image(props: ImageProps): ReactElement {
  return <img {...toImgProps(props)} />
}

/** The properties of the `<img>` that `Image` renders, for `<picture>` and the like. */
export function getImageProps(props: ImageProps): { props: ImgProps } {
  return { props: toImgProps(props) }
}
