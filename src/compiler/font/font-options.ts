import type { Span } from '../code-frame.ts'
import { CompileError, type SourceFile } from '../compile-error.ts'
import type { FontCall } from './font-calls.ts'
import { computedPart, literalValue, type LiteralValue } from './literal-value.ts'

/** The options of one font, read one by one. Each of these throws a CompileError for a wrong value. */
export interface FontOptions {
  get(name: string): LiteralValue | undefined
  text(name: string): string | null
  flag(name: string): boolean | null
  texts(name: string): string[] | null
  /** One of a few values; the first is the default. */
  oneOf<const value extends string | boolean>(
    name: string,
    values: readonly [value, ...value[]],
  ): value
  wrong(name: string, expected: string, at?: Span): CompileError
}

/** What every font may have. */
const common = [
  'weight',
  'style',
  'display',
  'variable',
  'fallback',
  'preload',
  'adjustFontFallback',
]

/**
 * `own` are those of its kind alone.
 * @throws CompileError for options that are not written out, and for one that is unknown
 */
export function readFontOptions(
  { call, callee }: FontCall,
  { own, source }: { own: readonly string[]; source: SourceFile },
): FontOptions {
  const known = [...own, ...common]
  const { properties, at } = argumentOf(call, { callee, source })
  for (const [name, value] of properties) {
    if (known.includes(name)) continue
    throw new CompileError(source, {
      code: 'font-option',
      text: `${callee}() has no option ${name}.`,
      fix: `Leave it out: known are ${known.join(', ')}.`,
      at: value.at,
    })
  }
  return optionsOf({ properties, at }, { callee, source })
}

type Place = { callee: string; source: SourceFile }
type Properties = { properties: ReadonlyMap<string, LiteralValue>; at: Span }

export function optionsOf({ properties, at }: Properties, { callee, source }: Place): FontOptions {
  const options: FontOptions = {
    get: (name) => properties.get(name),
    wrong(name, expected, where = properties.get(name)?.at ?? at) {
      const shown = properties.has(name) ? source.code.slice(where.start, where.end) : 'missing'
      return new CompileError(source, {
        code: 'font-option',
        text: `The option ${name} of ${callee}() is ${shown}.`,
        fix: `It must be ${expected}.`,
        at: where,
      })
    },
    text(name) {
      const value = scalarOf(name)
      if (value === undefined || typeof value === 'string') return value ?? null
      throw options.wrong(name, 'a string')
    },
    flag(name) {
      const value = scalarOf(name)
      if (value === undefined || typeof value === 'boolean') return value ?? null
      throw options.wrong(name, 'true or false')
    },
    texts(name) {
      const value = properties.get(name)
      if (value === undefined) return null
      const items = value.kind === 'list' ? value.items : []
      const found = items.map((item) => (item.kind === 'scalar' ? item.value : null))
      if (value.kind === 'list' && found.every((item) => typeof item === 'string')) return found
      throw options.wrong(name, 'a list of strings')
    },
    oneOf(name, values) {
      const value = scalarOf(name)
      const found = value === undefined ? values[0] : values.find((item) => item === value)
      if (found !== undefined) return found
      throw options.wrong(name, values.map((item) => JSON.stringify(item)).join(', '))
    },
  }
  const scalarOf = (name: string): unknown => {
    const value = properties.get(name)
    return value?.kind === 'scalar' ? value.value : value
  }
  return options
}

function argumentOf(call: FontCall['call'], { callee, source }: Place): Properties {
  const [argument, ...more] = call.arguments
  const value = argument ? literalValue(argument) : null
  const computed = value && computedPart(value)
  if (computed) {
    const shown = source.code.slice(computed.start, computed.end)
    throw new CompileError(source, {
      code: 'font-option',
      text: `${callee}() is read while the app is compiled, when ${shown} has no value yet.`,
      fix: 'Write the value out in its place.',
      at: computed,
    })
  }
  if (value?.kind === 'object' && more.length === 0) return value
  throw new CompileError(source, {
    code: 'font-option',
    text: `${callee}() takes one object of options.`,
    fix: `Write it out in the call, as in ${callee}({ variable: '--font-body' }).`,
    at: call,
  })
}
