import { preload } from 'react-dom'

/** A font as components use it. */
export type LoadedFont = {
  className: string
  style: { fontFamily: string; fontWeight?: number | string; fontStyle?: string }
  /** The class that sets the CSS variable. */
  variable?: string
}

/** The font, whose files are asked for as soon as a component uses it, before any style sheet is there. */
export function loadedFont(font: LoadedFont, files: readonly string[]): LoadedFont {
  const loaded = { ...font }
  for (const [name, value] of Object.entries(font)) {
    const get = (): unknown => {
      for (const file of files) preload(file, { ...early, type: typeOf(file) })
      return value
    }
    Object.defineProperty(loaded, name, { enumerable: true, get })
  }
  return loaded
}

/** Browsers fetch fonts without credentials, from the page's own origin too. */
const early = { as: 'font', crossOrigin: 'anonymous' } as const

function typeOf(file: string): string {
  return `font/${/\.(\w+)(?:\?.*)?$/.exec(file)?.[1] ?? 'woff2'}`
}
