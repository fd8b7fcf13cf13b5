import { PassThrough, type Writable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { renderDocument } from './render-document.tsx'

/** A Flight stream that a test writes row by row. */
function createFlight() {
  const source = new PassThrough()
  const aborts: unknown[] = []
  let breakOff: (error: Error) => unknown = () => undefined
  return {
    source,
    aborts,
    /** What React does with its destination when it cannot go on. */
    broken: (error: Error) => breakOff(error),
    pipe(destination: NodeJS.WritableStream) {
      breakOff = (error) => (destination as Writable).destroy(error)
      source.on('data', (piece: Uint8Array) => destination.write(piece))
      source.on('end', () => destination.end())
      return destination
    },
    abort(reason: unknown) {
      aborts.push(reason)
      source.end()
    },
  }
}

/** A page with one layout; `page` is what Flight has for the element of its page. */
function rows(page: unknown): string {
  const root = {
    build: 'b',
    route: {
      href: '/',
      status: 200,
      chain: [
        { id: 'layout:/', depth: 0 },
        { id: 'page:/', depth: 0 },
      ],
      head: 'head',
      params: {},
      segments: [],
    },
    regions: {
      'layout:/': element('html', element('body', ['$', '$L1', null, { of: 'layout:/' }])),
      'page:/': page,
      head: element('title', 'the title'),
    },
  }
  return `1:I["outlet",[],"Outlet",1]\n0:${JSON.stringify(root)}\n`
}

const element = (type: string, children: unknown, props: object = {}): unknown => [
  '$',
  type,
  null,
  { ...props, children },
]

const suspense = (children: unknown): unknown => [
  '$',
  '$2',
  null,
  { fallback: element('i', 'waiting'), children },
]
const suspenseRow = '2:"$Sreact.suspense"\n'

function render(formState?: unknown) {
  const flight = createFlight()
  const errors: unknown[] = []
  const onError = (error: unknown): string => {
    errors.push(error)
    return String(Object(error).digest ?? 'own')
  }
  const options = formState === undefined ? { onError } : { onError, formState }
  return { flight, errors, rendering: renderDocument(flight, options) }
}

/** The whole document, once it has ended. */
async function htmlOf(document: { pipe: (to: NodeJS.WritableStream) => unknown }): Promise<string> {
  const destination = new PassThrough()
  document.pipe(destination)
  return (await buffer(destination)).toString()
}

/** What the scripts of a document push, joined; a document must end with `null`. */
function payloadOf(html: string): string {
  const pushed = [...html.matchAll(/\(self\.__volley\?\?=\[\]\)\.push\((.*?)\)<\/script>/g)]
  const pieces = pushed.map(([, code = '']) => runInNewContext(code) as string | null)
  expect(pieces.pop()).toBeNull()
  return pieces.join('')
}

test('a document is its HTML, the entry, and the payload it was made of', async () => {
  const { flight, rendering, errors } = render()
  const payload = rows(element('p', 'Hello </script>'))
  flight.source.end(payload)
  const html = await htmlOf(await rendering.ready)
  expect(html).toMatch(/^<!DOCTYPE html><html><head>.*<title>the title<\/title><\/head><body>/)
  expect(html).toContain('<p>Hello &lt;/script&gt;</p>')
  expect(html).toContain('<script type="module" src="/entry.js"')
  expect(html).toMatch(/<\/script><\/body><\/html>$/)
  expect(payloadOf(html)).toBe(payload)
  expect(errors).toEqual([])
})

test('what a Server Component asks for early is in the head, whenever that is read', async () => {
  const { flight, rendering } = render()
  const names: string[] = []
  const hint = (): void => {
    names.push(`/${names.length}.woff2`)
    flight.source.write(`:HL["${names.at(-1)}","font",{"crossOrigin":""}]\n`)
  }
  hint()
  void Promise.resolve().then(hint)
  process.nextTick(hint)
  for (let turn = 0; turn < 4; turn++) {
    await new Promise((resolve) => setImmediate(resolve))
    process.nextTick(hint)
    hint()
  }
  await new Promise((resolve) => setImmediate(resolve))
  flight.source.end(rows(element('p', 'Hello')))
  const [head] = (await htmlOf(await rendering.ready)).split('</head>')
  const preloads = [
    ...head!.matchAll(/<link rel="preload" href="([^"]+)" as="font" crossorigin=""/g),
  ]
  expect(preloads.map(([, href]) => href)).toEqual(names)
})

test('what is ready a moment after the shell is plain HTML', async () => {
  const { flight, rendering } = render()
  flight.source.write(suspenseRow + rows(suspense('$L3')))
  setImmediate(() => flight.source.end(`3:${JSON.stringify(element('p', 'soon'))}\n`))
  const html = await htmlOf(await rendering.ready)
  expect(html).toContain('<p>soon</p>')
  expect(html).not.toContain('<i>waiting</i>')
  expect(html).not.toContain('hidden')
})

test('a slow part does not hold up the document, and comes later', async () => {
  const { flight, rendering } = render()
  flight.source.write(suspenseRow + rows(suspense('$L3')))
  const document = await rendering.ready
  const html = htmlOf(document)
  flight.source.end(`3:${JSON.stringify(element('p', 'late'))}\n`)
  expect(await html).toMatch(/<i>waiting<\/i>.*<div hidden[^>]*><p>late<\/p>/s)
})

test('an error without a boundary leaves no document', async () => {
  const { flight, rendering, errors } = render()
  flight.source.end(`${rows('$L3')}3:E{"digest":"d1","message":"m","stack":[],"env":"Server"}\n`)
  const failure = await rendering.ready.then(
    () => null,
    (error: unknown) => error,
  )
  expect(failure).toMatchObject({ digest: 'd1' })
  expect(errors).toEqual([failure])
})

test('an error inside a boundary is left to the browser, under its digest', async () => {
  const { flight, rendering, errors } = render()
  const row = '3:E{"digest":"d1","message":"m","stack":[],"env":"Server"}\n'
  flight.source.end(suspenseRow + rows(suspense('$L3')) + row)
  const html = await htmlOf(await rendering.ready)
  expect(html).toContain('waiting')
  expect(html).toContain('data-dgst="d1"')
  expect(errors).toMatchObject([{ digest: 'd1' }])
})

test('a payload without regions is no document', async () => {
  const { flight, rendering } = render()
  flight.source.end('0:{"build":"b"}\n')
  await expect(rendering.ready).rejects.toThrow('no regions')
})

test('an abandoned document stops both renderers and ends', async () => {
  const { flight, rendering, errors } = render()
  flight.source.write(suspenseRow + rows(suspense('$L3')))
  const document = await rendering.ready
  const html = htmlOf(document)
  document.abort('the client is gone')
  expect(flight.aborts).toEqual(['the client is gone'])
  expect(await html).toMatch(/<\/body><\/html>$/)
  expect(errors).toEqual([])
})

test('a document that is abandoned at once is not begun', async () => {
  const { flight, rendering, errors } = render()
  flight.source.end(rows('$L9'))
  rendering.abort('replaced')
  await expect(rendering.ready).rejects.toBe('replaced')
  expect(flight.aborts).toEqual(['replaced'])
  expect(errors).toEqual([])
})

test('a form is written with its bound arguments, also where they come behind it', async () => {
  const { flight, rendering } = render()
  const form = element('form', element('button', 'Delete'), { action: '$h3' })
  flight.source.write(`3:{"id":"id","bound":"$@4"}\n${rows(form)}`)
  await Promise.resolve()
  flight.source.end('4:["post-1"]\n')
  const html = await htmlOf(await rendering.ready)
  expect(html).toContain('value="[&quot;post-1&quot;]"')
  expect(html).not.toContain('hidden id')
})

test('a payload that breaks off ends its document, and is reported', async () => {
  const { flight, rendering, errors } = render()
  flight.source.write(suspenseRow + rows(suspense('$L3')))
  const html = htmlOf(await rendering.ready)
  flight.broken(new Error('broken'))
  expect(await html).toMatch(/<\/body><\/html>$/)
  expect(errors).toEqual([new Error('broken')])
})
