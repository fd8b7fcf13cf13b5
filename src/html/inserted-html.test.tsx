import { expect, test } from 'vitest'
import { createInsertedHtml } from './inserted-html.ts'

/** As a library does it: what was collected so far, once. */
function sheet() {
  const rules: string[] = []
  const render = () => <style>{rules.splice(0).join('')}</style>
  return { rules, render }
}

const text = (chunk: Buffer): string => chunk.toString()

test('a page without any is left as it is', () => {
  const inserted = createInsertedHtml()
  const chunk = Buffer.from('<html><head></head><body>')
  expect(inserted.around(chunk, false)).toBe(chunk)
})

test('what the shell has collected is at the end of the head, wherever the chunks are cut', () => {
  const { rules, render } = sheet()
  const inserted = createInsertedHtml()
  inserted.add(render)
  rules.push('a{}')
  const chunks = ['<html><head><title>x</title></he', 'ad><body>', '</body>'].map((chunk) =>
    text(inserted.around(Buffer.from(chunk), false)),
  )
  expect(chunks).toEqual([
    '',
    '<html><head><title>x</title><style>a{}</style></head><body>',
    '</body>',
  ])
})

test('what a later part has collected comes before it, and never within a tag', () => {
  const { rules, render } = sheet()
  const inserted = createInsertedHtml()
  inserted.add(render)
  inserted.around(Buffer.from('<head></head><body>'), false)
  rules.push('b{}')
  expect(text(inserted.around(Buffer.from('<p'), false))).toBe('<p')
  expect(text(inserted.around(Buffer.from('<div hidden>'), true))).toBe(
    '<style>b{}</style><div hidden>',
  )
})

test('what is added when the head was sent goes before the next part', () => {
  const { rules, render } = sheet()
  const inserted = createInsertedHtml()
  inserted.around(Buffer.from('<head></head><body>'), false)
  inserted.add(render)
  rules.push('c{}')
  expect(text(inserted.around(Buffer.from('<div>'), true))).toBe('<style>c{}</style><div>')
})
