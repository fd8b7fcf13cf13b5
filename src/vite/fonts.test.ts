import { readFileSync } from 'node:fs'
import type { DevEnvironment } from 'vite'
import { expect, test } from 'vitest'
import { browserEnvironment } from '../../test/support/browser-environment.ts'
import { fonts } from './fonts.ts'

const boxes = readFileSync('test/fixtures/looks-app/app/fonts/boxes.woff2')

/** An app of one module that asks for a font, and of one font file, `a.woff2`. */
function environmentOf(code: string, font: string | Uint8Array = boxes): Promise<DevEnvironment> {
  return browserEnvironment(fonts(), { 'fonts.ts': code, 'a.woff2': font })
}

const module = (options: string): string =>
  `import localFont from 'next/font/local'\nexport const body = localFont({ ${options} })`

async function styleSheet(environment: DevEnvironment): Promise<string> {
  const { code = '' } = (await environment.transformRequest('/fonts.ts')) ?? {}
  const [, styles] = /"([^"]*virtual:volley\/font\/[^"]*)"/.exec(code)!
  return (await environment.transformRequest(styles!.replace('/@id/__x00__', '\0')))?.code ?? ''
}

test('a font has a style sheet with the URL of its file, which is never inlined', async () => {
  const css = await styleSheet(await environmentOf(module("src: './a.woff2'")))
  expect(css).toMatch(/url\(\\"\/a\.woff2\?no-inline\\"\)/)
  expect(css).toContain('size-adjust: 224.32%')
})

test('a font file that is not there is told where it is named', async () => {
  const environment = await environmentOf(module("src: './b.woff2'"))
  const error = await environment.transformRequest('/fonts.ts').catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({
    message: expect.stringContaining('There is no font file ./b.woff2 beside fonts.ts.'),
    loc: { file: expect.stringMatching(/fonts\.ts$/), line: 2, column: 37 },
    frame: expect.stringContaining("> 2 | export const body = localFont({ src: './b.woff2' })"),
  })
})

test('a file that is no font is told with the way out', async () => {
  const environment = await environmentOf(module("src: './a.woff2'"), 'no font')
  await expect(styleSheet(environment)).rejects.toThrow(/a\.woff2 is no font .*adjustFontFallback/)
  const plain = await environmentOf(
    module("src: './a.woff2', adjustFontFallback: false"),
    'no font',
  )
  expect(await styleSheet(plain)).toContain('@font-face')
})
