import type { LoadedFont } from './loaded-font.ts'

type CssVariable = `--${string}`

type FontFile = { path: string; weight?: string; style?: string }

export type LocalFontOptions<variable extends CssVariable | undefined = undefined> = {
  /** Paths of font files, relative to the module that names them. */
  src: string | FontFile[]
  weight?: string
  style?: string
  /** What is shown until the font has arrived. Default: `'swap'`, another font. */
  display?: 'auto' | 'block' | 'swap' | 'fallback' | 'optional'
  /** The CSS variable that names the family where `variable` is the class of an element. */
  variable?: variable
  fallback?: string[]
  /** Whether the page that uses the font asks for its files early. Default: `true`. */
  preload?: boolean
  /** The font that stands in, scaled to the measures of this one. Default: `'Arial'`. */
  adjustFontFallback?: 'Arial' | 'Times New Roman' | false
  /** Further lines of each `@font-face`. */
  declarations?: { prop: string; value: string }[]
}

/** A font of files of the app. The compiler replaces the call: no browser and no server runs it. */
export default function localFont<variable extends CssVariable | undefined = undefined>(
  _options: LocalFontOptions<variable>,
): LoadedFont & (variable extends undefined ? object : { variable: string }) {
  throw new Error(
    'localFont() of next/font/local was not compiled. Import it by this name in a module of the app, and call it at the top of that.',
  )
}
