import type { ImageSize } from '../routes/metadata-file.ts'

/** The size of an image on a screen: a photograph may lie on its side, and browsers turn it. */
export function shownSize({
  width,
  height,
  orientation = 1,
}: ImageSize & { orientation?: number }): ImageSize {
  return orientation >= 5 ? { width: height, height: width } : { width, height }
}
