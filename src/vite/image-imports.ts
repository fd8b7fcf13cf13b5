import { imageSizeFromFile } from 'image-size/fromFile'
import type { Plugin } from 'vite'
import type { ImageSize } from '../routes/metadata-file.ts'
import { shownSize } from './shown-size.ts'

/**
 * `import pic from './pic.png'` gives what `next/image` takes, where Vite alone would give the URL:
 * `{ src, width, height }`. With a query, as in `./pic.png?url`, Vite has the last word.
 */
export function imageImports(): Plugin {
  return {
    name: 'volley:image-imports',
    enforce: 'pre',
    load: {
      filter: { id: /^[^?\0]+\.(?:png|jpe?g|webp|avif|gif|svg|ico|bmp)$/i },
      async handler(file) {
        this.addWatchFile(file)
        const { width, height } = await sizeOf(file)
        return [
          `import src from ${JSON.stringify(`${file}?url`)}`,
          `export default { src, width: ${width}, height: ${height} }`,
        ].join('\n')
      },
    },
  }
}

async function sizeOf(file: string): Promise<ImageSize> {
  try {
    return shownSize(await imageSizeFromFile(file))
  } catch (cause) {
    throw new Error(
      `${file} is no image whose size could be read. Replace it, or import its URL alone with ?url behind the name.`,
      { cause },
    )
  }
}
