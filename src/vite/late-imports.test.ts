import { expect, test } from 'vitest'
import { importsFirst } from './late-imports.ts'

test('imports come first, in their order, and all else stays', () => {
  const css = [
    '@import "tailwindcss";',
    '@custom-variant dark (&:is(.dark *));',
    "@import 'tw-animate-css' layer(base);",
    '.a { color: red; }',
  ].join('\n')
  expect(importsFirst(css)).toBe(
    [
      '@import "tailwindcss";',
      "@import 'tw-animate-css' layer(base);",
      '@custom-variant dark (&:is(.dark *));',
      '',
      '.a { color: red; }',
    ].join('\n'),
  )
})

test('an import in a comment is none, and one ends behind its address', () => {
  const css = '/* @import "old"; */\n.a {}\n@import url("https://a.example/css;v=2") print;'
  expect(importsFirst(css)).toBe(
    '@import url("https://a.example/css;v=2") print;/* @import "old"; */\n.a {}\n',
  )
})
