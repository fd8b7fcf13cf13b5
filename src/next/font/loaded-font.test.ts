import { expect, test } from 'vitest'
import { loadedFont } from './loaded-font.ts'

const font = { className: 'a', style: { fontFamily: "'a'" }, variable: 'a-variable' }

test('a font is the object that it was, whatever is fetched for it', () => {
  const loaded = loadedFont(font, ['/a.woff2'])
  expect({ ...loaded }).toEqual(font)
  expect(JSON.stringify(loaded)).toBe(JSON.stringify(font))
})
