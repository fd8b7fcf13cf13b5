import type { Language, Parse, Program } from './ast.ts'
import type { SourceFile } from './compile-error.ts'

/** `null` for what is no JavaScript; `language` where the name of the file does not tell. */
export function parseSource(
  { path, code }: SourceFile,
  { parse, language = languageOf(path) }: { parse: Parse; language?: Language | undefined },
): Program | null {
  if (!language) return null
  try {
    return parse(code, language)
  } catch {
    // A syntax error is reported by whoever compiles the file next, with its own frame.
    return null
  }
}

/** `.js` files may hold JSX; a file with another extension is no JavaScript yet. */
function languageOf(path: string): Language | undefined {
  const [, extension] = /\.[cm]?(jsx?|tsx?)$/.exec(path) ?? []
  if (extension === 'ts' || extension === 'tsx') return extension
  return extension ? 'jsx' : undefined
}
