import { expect, test } from 'vitest'
import { fontCss, fontNames } from './font-css.ts'
import type { FontRequest } from './font-request.ts'

const request: FontRequest = {
  name: 'body',
  start: 0,
  installed: null,
  files: [],
  weight: null,
  style: null,
  display: 'swap',
  variable: null,
  fallback: [],
  preload: true,
  adjusted: null,
  declarations: [],
}

function css(
  changes: Partial<FontRequest>,
  faces = [{ url: '/a.woff2?x', weight: null, style: null }],
) {
  const font = { ...request, ...changes }
  const metrics = { ascent: 900, descent: -300, lineGap: 0, unitsPerEm: 1000, xWidthAvg: 500 }
  return fontCss(font, { names: fontNames(font, 'k'), faces, metrics })
}

test('each file is a face, with what was declared', () => {
  expect(css({ declarations: [['ascent-override', '90%']], display: 'block' })).toBe(
    [
      '@font-face {',
      "  font-family: 'body-k';",
      `  src: url("/a.woff2?x") format('woff2');`,
      '  font-display: block;',
      '  ascent-override: 90%;',
      '}',
      '.body-k {',
      "  font-family: 'body-k';",
      '}',
    ].join('\n'),
  )
})

test('the class has one weight and style where the font has, the variable the family', () => {
  const text = css({ weight: '700', style: 'italic', variable: '--font-body' })
  expect(text).toContain("font-family: 'body-k';\n  font-weight: 700;\n  font-style: italic;\n}")
  expect(text).toContain(".body-k-variable {\n  --font-body: 'body-k';\n}")
  expect(css({ weight: '100 900' })).not.toContain('font-weight: 100')
})

test('another font stands in, scaled to the width and height of this one', () => {
  const text = css({ adjusted: 'Arial', fallback: ['system-ui', 'My Font'] })
  expect(text).toContain("font-family: 'body-k', 'body-k-fallback', system-ui, 'My Font';")
  // A letter of Arial is 913 / 2048 em wide, so one of 0.5 em takes it 1.1216 times.
  expect(text).toContain("src: local('Arial');\n  ascent-override: 80.24%;")
  expect(text).toContain(
    'descent-override: 26.75%;\n  line-gap-override: 0%;\n  size-adjust: 112.16%;',
  )
})
