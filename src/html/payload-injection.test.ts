import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { createPayloadInjection } from './payload-injection.ts'
import { payloadScript } from './payload-script.ts'

const piece = (content: string): Uint8Array => new TextEncoder().encode(content)
const script = (content: string | null): string =>
  payloadScript(content === null ? null : piece(content))

type Flushable = NodeJS.WritableStream & { flush(): void }

function start(): {
  html: Flushable
  inline: (piece: Uint8Array | null) => void
  page: Promise<string>
} {
  const destination = new PassThrough()
  const { html, inline } = createPayloadInjection(destination)
  return { html: html as Flushable, inline, page: text(destination) }
}

test('scripts wait until React flushes, because a tag may be open before', async () => {
  const { html, inline, page } = start()
  html.write('<body><p')
  inline(piece('a'))
  html.write('>x</p>')
  html.flush()
  html.write('<p>y</p>')
  inline(null)
  html.write('</body></html>')
  html.end()
  expect(await page).toBe(`<body><p>x</p>${script('a')}<p>y</p>${script(null)}</body></html>`)
})

test('the end of the document waits for the end of the payload', async () => {
  const { html, inline, page } = start()
  html.write('<body></body></html>')
  html.end()
  inline(piece('late'))
  inline(null)
  expect(await page).toBe(`<body>${script('late')}${script(null)}</body></html>`)
})

test('a payload that comes between flushes is sent at once', () => {
  const destination = new PassThrough()
  const { html, inline } = createPayloadInjection(destination)
  html.write('<body><p>x</p>')
  ;(html as Flushable).flush()
  inline(piece('a'))
  expect(String(destination.read())).toBe(`<body><p>x</p>${script('a')}`)
})

test('React hears that the client is slow, and that it has caught up', () => {
  const destination = new PassThrough({ highWaterMark: 1 })
  const { html } = createPayloadInjection(destination)
  const drained: string[] = []
  html.on('drain', () => drained.push('drain'))
  expect(html.write('<body>')).toBe(false)
  destination.resume()
  return new Promise<void>((resolve) => {
    html.on('drain', () => resolve())
  }).then(() => expect(drained).toEqual(['drain']))
})
