import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parseSync } from 'vite'

/** A source file of the framework, parsed once for every check that reads the repository. */
export type Source = {
  /** Relative to `src/`, with `/`. */
  file: string
  /** The first folder below `src/`; `.` for the files that are package entries. */
  folder: string
  text: string
  parsed: ReturnType<typeof parseSync>
}

/** Every module of `src/`: declarations, tests and fixtures are left out. */
export function readSources(): Source[] {
  return readdirSync('src', { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll(path.sep, '/'))
    .filter((file) => /\.tsx?$/.test(file) && !/\.(test|d)\.tsx?$/.test(file))
    .filter((file) => !file.includes('fixtures/'))
    .toSorted()
    .map((file) => {
      const text = readFileSync(`src/${file}`, 'utf8')
      const folder = file.includes('/') ? file.slice(0, file.indexOf('/')) : '.'
      return { file, folder, text, parsed: parseSync(file, text) }
    })
}

/** What a module imports, re-exports or loads with `import('…')`; types included. */
export function specifiersOf({ text, parsed }: Source): string[] {
  const { staticImports, staticExports, dynamicImports } = parsed.module
  const written = [
    ...staticImports.map((one) => one.moduleRequest.value),
    ...staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ moduleRequest }) => moduleRequest?.value ?? []),
    ),
  ]
  const loaded = dynamicImports
    .map(({ moduleRequest }) => text.slice(moduleRequest.start, moduleRequest.end))
    .filter((request) => /^['"`]/.test(request))
    .map((request) => request.slice(1, -1))
  return [...new Set([...written, ...loaded])]
}

/** The lines that hold code: neither blank nor nothing but a comment. */
export function codeLinesOf({ text, parsed }: Source): number {
  let code = text
  for (const { start, end } of parsed.comments) {
    const blank = text.slice(start, end).replaceAll(/[^\n]/g, ' ')
    code = code.slice(0, start) + blank + code.slice(end)
  }
  return code.split('\n').filter((line) => line.trim() !== '').length
}
