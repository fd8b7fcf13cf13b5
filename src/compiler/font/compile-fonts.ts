import { MagicString, type SourceMap } from 'magic-string'
import type { Parse } from '../ast.ts'
import type { SourceFile } from '../compile-error.ts'
import { parseSource } from '../parse-source.ts'
import { findFontCalls, mayAskForFonts } from './font-calls.ts'
import { fixed, fontNames, type FontNames } from './font-css.ts'
import type { FontRequest } from './font-request.ts'
import { googleFont } from './google-font.ts'
import { localFont } from './local-font.ts'

export type Font = { request: FontRequest; names: FontNames }

export type CompiledFonts = { fonts: Font[]; code: string; map: SourceMap }

export type FontOptions = {
  parse: Parse
  /** In letters that a CSS class may have. */
  hash: (text: string) => string
  /** The module that holds `loadedFont`. */
  runtime: string
  /** What to import for the style sheet of the font of a name. */
  styles: (name: string) => string
  /** What to import for the URL of a font file that is fetched early. */
  url: (path: string) => string
}

/**
 * Replaces the calls of `next/font/local` and `next/font/google` by what they give, beside a style
 * sheet each:
 *
 *     import localFont from 'next/font/local'
 *     const body = localFont({ src: './body.woff2', weight: '400' })
 *
 * becomes
 *
 *     import { loadedFont as $$font } from "runtime";import "styles/body";import $$file_0 from "./body.woff2?url";
 *     const body = $$font({"className":"body-1a2b3c","style":{…}}, [$$file_0])
 *
 * `null` for a module without fonts. @throws CompileError
 */
export function compileFonts(source: SourceFile, options: FontOptions): CompiledFonts | null {
  if (!mayAskForFonts(source.code)) return null
  const program = parseSource(source, options)
  if (!program) return null
  const { imports, calls } = findFontCalls(program, source)
  const [first, ...others] = imports
  if (!first) return null
  const output = new MagicString(source.code)
  const imported = [`import { loadedFont as $$font } from ${JSON.stringify(options.runtime)};`]
  const fonts: Font[] = []
  for (const call of calls) {
    const request = call.imported === 'default' ? localFont(call, source) : googleFont(call, source)
    const key = options.hash(`${source.path}#${request.name}`).slice(0, 6)
    const names = fontNames(request, key)
    const files = request.preload ? request.files : []
    const variables = files.map((_file, index) => `$$file_${fonts.length}_${index}`)
    imported.push(`import ${JSON.stringify(options.styles(request.name))};`)
    for (const [index, { path }] of files.entries()) {
      imported.push(`import ${variables[index]} from ${JSON.stringify(options.url(path))};`)
    }
    const value = JSON.stringify(fontValue({ request, names }))
    output.overwrite(call.call.start, call.call.end, `$$font(${value}, [${variables.join(', ')}])`)
    fonts.push({ request, names })
  }
  output.overwrite(first.start, first.end, imported.join(''))
  for (const { start, end } of others) output.remove(start, end)
  const map = output.generateMap({ hires: 'boundary', source: source.path, includeContent: true })
  return { fonts, code: output.toString(), map }
}

function fontValue({ request, names }: Font): object {
  const weight = fixed(request.weight)
  return {
    className: names.className,
    style: {
      fontFamily: names.stack,
      ...(weight !== null && { fontWeight: /^\d+$/.test(weight) ? Number(weight) : weight }),
      ...(request.style !== null && { fontStyle: request.style }),
    },
    ...(request.variable !== null && { variable: names.variableClass }),
  }
}
