import type { SourceFile } from '../compile-error.ts'
import type { FontCall } from './font-calls.ts'
import { readFontOptions, type FontOptions } from './font-options.ts'
import type { FontRequest } from './font-request.ts'
import { variableOf } from './local-font.ts'

const ownOptions = ['subsets', 'axes']

/**
 * What `Roboto_Mono({ … })` asks for. The font is never fetched, neither by the build nor by the
 * visitor: who has it installed sees it, others see the fallback. @throws CompileError
 */
export function googleFont(call: FontCall, source: SourceFile): FontRequest {
  const options = readFontOptions(call, { own: ownOptions, source })
  const family = call.imported.replaceAll('_', ' ')
  const weight = onlyOne(options, 'weight')
  return {
    name: call.name,
    start: call.call.start,
    installed: family,
    files: [],
    weight: weight === 'variable' ? null : weight,
    style: onlyOne(options, 'style'),
    display: 'swap',
    variable: variableOf(options),
    fallback: options.texts('fallback') ?? fallbackOf(family),
    preload: false,
    adjusted: null,
    declarations: [],
  }
}

/** A value that is given alone, or as the only one of a list. */
function onlyOne(options: FontOptions, name: string): string | null {
  if (options.get(name)?.kind !== 'list') return options.text(name)
  const [first = null, ...others] = options.texts(name) ?? []
  return others.length === 0 ? first : null
}

/** What every system has of the same kind, as far as the name of the font tells. */
function fallbackOf(family: string): string[] {
  if (/\b(?:Mono|Code)\b/.test(family)) return ['ui-monospace', 'monospace']
  if (/\b(?:Serif|Slab)\b/.test(family)) return ['ui-serif', 'serif']
  return ['system-ui', 'sans-serif']
}
