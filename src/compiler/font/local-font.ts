import type { SourceFile } from '../compile-error.ts'
import type { FontCall } from './font-calls.ts'
import { optionsOf, readFontOptions, type FontOptions } from './font-options.ts'
import type { FontFile, FontRequest } from './font-request.ts'
import type { LiteralValue } from './literal-value.ts'

const ownOptions = ['src', 'declarations']
const displays = ['swap', 'auto', 'block', 'fallback', 'optional'] as const
const expectedSource =
  "the path of a font file such as './inter.woff2', or a list of { path, weight, style }"

/** What `localFont({ … })` asks for. @throws CompileError */
export function localFont(call: FontCall, source: SourceFile): FontRequest {
  const options = readFontOptions(call, { own: ownOptions, source })
  const files = filesOf(options, { callee: call.callee, source })
  const [first, ...others] = files
  const whole = others.length === 0 ? first : undefined
  const adjusted = options.oneOf<'Arial' | 'Times New Roman' | false>('adjustFontFallback', [
    'Arial',
    'Times New Roman',
    false,
  ])
  return {
    name: call.name,
    start: call.call.start,
    installed: null,
    files,
    weight: whole?.weight ?? null,
    style: whole?.style ?? null,
    display: options.oneOf('display', displays),
    variable: variableOf(options),
    fallback: options.texts('fallback') ?? [],
    preload: options.flag('preload') ?? true,
    adjusted: adjusted === false ? null : adjusted,
    declarations: declarationsOf(options),
  }
}

/** The CSS variable that names the family. @throws CompileError */
export function variableOf(options: FontOptions): string | null {
  const variable = options.text('variable')
  if (variable === null || /^--[\w-]+$/.test(variable)) return variable
  throw options.wrong('variable', "the name of a CSS variable, such as '--font-body'")
}

type Place = { callee: string; source: SourceFile }

function filesOf(options: FontOptions, place: Place): FontFile[] {
  const src = options.get('src')
  const own = { weight: options.text('weight'), style: options.text('style') }
  if (src?.kind !== 'list') return [{ ...own, ...pathOf(src, options) }]
  if (src.items.length === 0) throw options.wrong('src', expectedSource)
  return src.items.map((item) => {
    if (item.kind !== 'object') throw options.wrong('src', expectedSource, item.at)
    const file = optionsOf(item, place)
    const { path, start, end } = pathOf(file.get('path'), options)
    const weight = file.text('weight') ?? own.weight
    return { path, start, end, weight, style: file.text('style') ?? own.style }
  })
}

function pathOf(
  value: LiteralValue | undefined,
  options: FontOptions,
): Pick<FontFile, 'path' | 'start' | 'end'> {
  if (value?.kind === 'scalar' && typeof value.value === 'string') {
    const isFont = /\.(woff2?|ttf|otf|eot)$/.test(value.value)
    if (isFont) return { path: value.value, ...value.at }
  }
  throw options.wrong('src', expectedSource, value?.at)
}

function declarationsOf(options: FontOptions): FontRequest['declarations'] {
  const value = options.get('declarations')
  if (value === undefined) return []
  const expected = "a list such as [{ prop: 'ascent-override', value: '90%' }]"
  if (value.kind !== 'list') throw options.wrong('declarations', expected)
  return value.items.map((item) => {
    const [prop, text] = ['prop', 'value'].map((name) => {
      const found = item.kind === 'object' ? item.properties.get(name) : undefined
      return found?.kind === 'scalar' && typeof found.value === 'string' ? found.value : null
    })
    if (prop && text) return [prop, text]
    throw options.wrong('declarations', expected, item.at)
  })
}
