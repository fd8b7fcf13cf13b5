/** What an app asks of a font, with every default filled in. */
export type FontRequest = {
  /** The name of the constant that holds the font. */
  name: string
  /** Where the request is in the text of its module. */
  start: number
  /** The family that is shown if the visitor has it; `null` for one that comes in `files`. */
  installed: string | null
  files: FontFile[]
  /** For the whole font, where it is one. */
  weight: string | null
  style: string | null
  display: string
  /** The CSS variable that names the family; `--font-body`. */
  variable: string | null
  fallback: string[]
  preload: boolean
  /** The font of every computer that stands in, in the proportions of this one. */
  adjusted: 'Arial' | 'Times New Roman' | null
  /** Further lines of each `@font-face`. */
  declarations: [property: string, value: string][]
}

export type FontFile = {
  /** As the app wrote it, relative to its module. */
  path: string
  weight: string | null
  style: string | null
  start: number
  end: number
}
