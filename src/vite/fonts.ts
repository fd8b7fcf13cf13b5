import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Plugin } from 'vite'
import { CompileError, type SourceFile } from '../compiler/compile-error.ts'
import { compileFonts, type CompiledFonts, type Font } from '../compiler/font/compile-fonts.ts'
import { fontCss, type FontMetrics } from '../compiler/font/font-css.ts'
import { failAt } from './compile-failure.ts'
import { fileOf, pathOf } from './module-file.ts'
import { ownModule } from './package-files.ts'
import { parse } from './server-functions.ts'

const stylesPrefix = 'virtual:volley/font/'

/** Compiles the calls of `next/font/*` and makes the style sheets of the fonts. */
export function fonts(): Plugin {
  return {
    name: 'volley:fonts',
    enforce: 'pre',
    resolveId: {
      filter: { id: /^virtual:volley\/font\// },
      handler: (id) => `\0${id}`,
    },
    load: {
      filter: { id: /^\0virtual:volley\/font\// },
      async handler(id) {
        const { file, name } = stylesOf(id)
        const { root } = this.environment.config
        const code = await readFile(file, 'utf8')
        const found = fontsIn({ path: pathOf(file, root), code }, file)?.fonts
        const font = found?.find(({ request }) => request.name === name)
        return font ? styleSheet(font, path.dirname(file)) : ''
      },
    },
    hotUpdate: {
      order: 'post', // plugin-rsc empties the list for a file that only the server loads
      handler({ file, modules }) {
        const known = this.environment.moduleGraph.idToModuleMap.values()
        const styles = [...known].filter(({ id }) => id?.startsWith(`\0${stylesPrefix}${file}/`))
        if (styles.length === 0) return undefined
        // Vite's client replaces style sheets by their URLs, and these are no files.
        if (this.environment.name === 'client') this.environment.hot.send({ type: 'full-reload' })
        return [...modules, ...styles]
      },
    },
    transform: {
      filter: { code: /next\/font\/(?:local|google)/ },
      handler(code, id) {
        const file = fileOf(id)
        const source = { path: pathOf(id, this.environment.config.root), code }
        try {
          const compiled = fontsIn(source, file)
          for (const font of compiled?.fonts ?? []) requireFiles(font, source, file)
          return compiled && { code: compiled.code, map: compiled.map }
        } catch (error) {
          return failAt(this, error, id)
        }
      },
    },
  }
}

function fontsIn(source: SourceFile, file: string): CompiledFonts | null {
  return compileFonts(source, {
    parse,
    hash: (text) => createHash('sha256').update(text).digest('hex'),
    runtime: ownModule('next/font/loaded-font'),
    styles: (name) => `${stylesPrefix}${file}/${name}.css`,
    url: urlOf,
  })
}

/** Also a small file stays a file: a policy of `font-src 'self'` refuses what is inlined. */
function urlOf(file: string): string {
  return `${file}?url&no-inline`
}

function stylesOf(id: string): { file: string; name: string } {
  const [, file = '', name = ''] = /virtual:volley\/font\/(.*)\/([^/]+)\.css/.exec(id) ?? []
  return { file, name }
}

async function styleSheet({ request, names }: Font, directory: string): Promise<string> {
  const faces = request.files.map(({ path: file, weight, style }) => {
    const url = `${path.join(directory, file)}?no-inline`
    return { url, weight, style }
  })
  const [first] = request.files
  const metrics =
    first && request.adjusted ? await metricsOf(path.join(directory, first.path)) : null
  return fontCss(request, { names, faces, metrics })
}

async function metricsOf(file: string): Promise<FontMetrics> {
  // Few apps have a font of their own, and this takes its time to load.
  const { fromFile } = await import('@capsizecss/unpack/fs')
  try {
    return await fromFile(file)
  } catch (cause) {
    throw new Error(
      `${file} is no font that could be read. Replace the file, or set adjustFontFallback: false.`,
      { cause },
    )
  }
}

function requireFiles({ request }: Font, source: SourceFile, file: string): void {
  for (const { path: name, start, end } of request.files) {
    if (existsSync(path.join(path.dirname(file), name))) continue
    throw new CompileError(source, {
      code: 'font-file',
      text: `There is no font file ${name} beside ${source.path}.`,
      fix: 'Write its path relative to this module, as in ./fonts/body.woff2.',
      at: { start, end },
    })
  }
}
