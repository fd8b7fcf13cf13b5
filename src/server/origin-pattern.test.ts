import { expect, test } from 'vitest'
import { matchesOriginPattern } from './origin-pattern.ts'

test.for([
  ['example.com', 'example.com', true],
  ['EXAMPLE.com', 'example.COM', true],
  ['example.com:8080', 'example.com:8080', true],
  ['example.com:8080', 'example.com', false],
  ['evil-example.com', 'example.com', false],
  ['a.example.com', 'example.com', false],
  // `*` is exactly one label.
  ['a.example.com', '*.example.com', true],
  ['a.b.example.com', '*.example.com', false],
  ['example.com', '*.example.com', false],
  ['.example.com', '*.example.com', false],
  ['api.a.example.com', 'api.*.example.com', true],
  ['a.example.com:3000', '*.example.com:3000', true],
  ['a.example.com:3001', '*.example.com:3000', false],
  // `**` is one or more, in front only.
  ['a.example.com', '**.example.com', true],
  ['a.b.example.com', '**.example.com', true],
  ['example.com', '**.example.com', false],
  ['a..example.com', '**.example.com', false],
  ['a.b.example.com', 'a.**.example.com', false],
  // Nobody trusts a whole top-level domain.
  ['evil.com', '*.com', false],
  ['evil.com', '**.com', false],
  ['evil.com', '*', false],
  ['evil.com', '**', false],
  ['a.b.com', 'a.*.com', false],
  ['null', 'null', true],
  ['null', '*.null', false],
] as const)('%s against %s: %s', ([host, pattern, expected]) => {
  expect(matchesOriginPattern(host, pattern)).toBe(expected)
})
