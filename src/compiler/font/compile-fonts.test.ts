import { expect, test } from 'vitest'
import { parse } from '../../../test/support/compile.ts'
import { CompileError } from '../compile-error.ts'
import { compileFonts, type CompiledFonts } from './compile-fonts.ts'

function compile(code: string, path = 'app/fonts.tsx'): CompiledFonts | null {
  return compileFonts(
    { path, code },
    {
      parse,
      hash: () => 'abcdef123456',
      runtime: 'runtime',
      styles: (name) => `styles/${name}`,
      url: (file) => `${file}?url`,
    },
  )
}

function problemOf(code: string): CompileError {
  try {
    compile(code)
  } catch (error) {
    if (error instanceof CompileError) return error
    throw error
  }
  throw new Error('It compiles')
}

const local = "import localFont from 'next/font/local'\n"
const google = "import { Inter, Roboto_Mono } from 'next/font/google'\n"

test('a local font becomes its object, its style sheet and the URLs of its files', () => {
  const compiled = compile(
    `'use client'\n${local}export const body = localFont({ src: './a.woff2', weight: '400', style: 'italic', variable: '--font-body' })`,
  )
  expect(compiled?.code.split('\n')).toEqual([
    "'use client'",
    'import { loadedFont as $$font } from "runtime";import "styles/body";import $$file_0_0 from "./a.woff2?url";',
    `export const body = $$font({"className":"body-abcdef","style":{"fontFamily":"'body-abcdef', 'body-abcdef-fallback'","fontWeight":400,"fontStyle":"italic"},"variable":"body-abcdef-variable"}, [$$file_0_0])`,
  ])
})

test('a font of Google is a family with what stands in for it, and nothing is fetched', () => {
  const compiled = compile(
    `${google}const a = Inter({ subsets: ['latin'], weight: ['500'] }), b = Roboto_Mono({ weight: ['400', '700'] })`,
  )
  expect(compiled?.fonts.map(({ names }) => names.stack)).toEqual([
    "'Inter', system-ui, sans-serif",
    "'Roboto Mono', ui-monospace, monospace",
  ])
  expect(compiled?.code).toContain('"fontWeight":500')
  expect(compiled?.code).not.toMatch(/fontWeight":[^5]|google/)
})

test.for([
  ['Noto_Serif', 'ui-serif, serif'],
  ['Source_Code_Pro', 'ui-monospace, monospace'],
  ['Codystar', 'system-ui, sans-serif'],
])('%s falls back to %s', ([name, stack]) => {
  const code = `import { ${name} } from 'next/font/google'\nconst font = ${name}()`
  const withOptions = code.replace('()', '({})')
  expect(compile(withOptions)?.fonts[0]?.names.stack).toBe(
    `'${name!.replaceAll('_', ' ')}', ${stack}`,
  )
})

test('a weight that is a range, or one of several files, is no weight of the text', () => {
  const range = compile(`${local}const a = localFont({ src: './a.woff2', weight: '100 900' })`)
  expect(range?.code).not.toContain('fontWeight')
  const several = compile(
    `${local}const a = localFont({ src: [{ path: './a.woff2', weight: '400' }, { path: './b.woff2' }] })`,
  )
  expect(several?.code).not.toContain('fontWeight')
  expect(several?.fonts[0]?.request.files).toMatchObject([
    { path: './a.woff2', weight: '400', style: null },
    { path: './b.woff2', weight: null },
  ])
})

test('types, other names of the import, and what is no font stay as they are', () => {
  const code = [
    "import font, { type LocalFontOptions } from 'next/font/local'",
    'const a = font({ src: `./a.woff2`, preload: false } satisfies object)',
    'type Font = ReturnType<typeof font>',
    'const use = (font: string) => font.length',
  ].join('\n')
  expect(compile(code)?.code.split('\n').slice(2)).toEqual(code.split('\n').slice(2))
  expect(compile("import type { LoadedFont } from 'next/font/local'")).toBeNull()
  expect(compile("const text = 'next/font/local'")).toBeNull()
})

test.for([
  [`${local}function Page() { const a = localFont({ src: './a.woff2' }) }`, 2],
  [`${local}\nlet a = localFont({ src: './a.woff2' })`, 3],
  [`${local}export default localFont({ src: './a.woff2' })`, 2],
  [`${local}const { className } = localFont({ src: './a.woff2' })`, 2],
  [`${local}const make = localFont`, 2],
  [`${google}const fonts = { a: Inter({}) }`, 2],
  ["import * as fonts from 'next/font/google'\nconst a = fonts.Inter({})", 1],
  ["import Inter from 'next/font/google'\nconst a = Inter({})", 1],
  ["export { Inter } from 'next/font/google'", 1],
] as const)('a font is a const at the top of a module: %s', ([code, line]) => {
  expect(problemOf(code)).toMatchObject({ code: 'font-place', file: 'app/fonts.tsx', line })
})

test.for([
  ["localFont({ src: './a.woff2', weight: 400 })", 'weight of localFont() is 400'],
  ["localFont({ src: './a.css' })", "src of localFont() is './a.css'"],
  ['localFont({})', 'src of localFont() is missing'],
  ['localFont({ src: [] })', 'src of localFont() is []'],
  ["localFont({ src: ['./a.woff2'] })", "src of localFont() is './a.woff2'"],
  ["localFont({ src: [{ path: './a.woff2', weight: 1 }] })", 'weight of localFont() is 1'],
  ["localFont({ src: './a.woff2', display: 'soon' })", "display of localFont() is 'soon'"],
  ["localFont({ src: './a.woff2', variable: 'font' })", "variable of localFont() is 'font'"],
  ["localFont({ src: './a.woff2', fallback: 'serif' })", "fallback of localFont() is 'serif'"],
  ["localFont({ src: './a.woff2', preload: 'no' })", "preload of localFont() is 'no'"],
  ["localFont({ src: './a.woff2', adjustFontFallback: true })", 'adjustFontFallback of'],
  ["localFont({ src: './a.woff2', declarations: [{ prop: 'x' }] })", "is { prop: 'x' }"],
  ["localFont({ src: './a.woff2', subsets: [] })", 'no option subsets'],
  ['localFont({ src })', 'when src has no value yet'],
  ["localFont({ src: './a.woff2', ...more })", 'when ...more has no value yet'],
  ["localFont({ [key]: './a.woff2' })", 'has no value yet'],
  ['localFont(options)', 'when options has no value yet'],
  ['localFont()', 'takes one object of options'],
  ["localFont('./a.woff2')", 'takes one object of options'],
])('%s is refused where it is wrong', ([call, message]) => {
  const error = problemOf(`${local}const a = ${call}`)
  expect(error).toMatchObject({ code: 'font-option', line: 2 })
  expect(error.message).toContain(message)
  expect(error.frame).toContain(`> 2 | const a = ${call}`)
})
