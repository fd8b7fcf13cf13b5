import { connect, type Socket } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { effectsOf, expectAlive, stateOf } from '../support/attack.ts'
import { expectRefusal } from '../support/expect-refusal.ts'
import { field, multipart, multipartType } from '../support/multipart.ts'
import { useOwnTarget } from '../support/own-target.ts'
import { postBody } from '../support/post-body.ts'
import { rawRequest } from '../support/raw-request.ts'
import type { App } from '../support/app.ts'

const target = useOwnTarget('--expose-gc')

/** The limit of an app that sets none. */
const limit = 1024 * 1024

/** What carries a text of some length, so that the whole body has that length. */
const carriers: Record<string, { type: string; body: (length: number) => string }> = {
  text: { type: 'content-type: text/plain', body: (length) => padded(length, (x) => `["${x}"]`) },
  multipart: {
    type: multipartType,
    body: (length) => padded(length, (x) => multipart([field('0', `["${x}"]`)])),
  },
}

function padded(length: number, wrap: (filling: string) => string): string {
  return wrap('x'.repeat(length - wrap('').length))
}

test.for(Object.entries(carriers))(
  '8: a body of exactly the limit runs, and one byte more is refused: %s',
  async ([, { type, body }]) => {
    const { app, ids } = target()
    const before = await effectsOf(app)
    const headers = [`volley-call: ${ids['take']}`, type]
    expect((await postBody(app, { headers, body: body(limit) })).status).toBe(200)
    const over = await postBody(app, { headers, body: body(limit + 1) })
    expectRefusal(over, 413, 'too-large')
    expect(await effectsOf(app)).toBe(before + 1)
    await expectAlive(app, [over.body])
  },
)

test.for(Object.entries(carriers))(
  '8: the bytes of a chunked body are counted: %s',
  async ([, { type, body }]) => {
    const { app, ids } = target()
    const before = await effectsOf(app)
    const head = headOf(app, [`volley-call: ${ids['take']}`, type, 'transfer-encoding: chunked'])
    const chunks = (text: string) => [
      ...(text.match(/[^]{1,60000}/g) ?? []).map(chunk),
      '0\r\n\r\n',
    ]
    expect((await rawRequest(app.port, [head, ...chunks(body(limit))])).status).toBe(200)
    const over = await rawRequest(app.port, [head, ...chunks(body(limit + 1))])
    expectRefusal(over, 413, 'too-large')
    expect(await effectsOf(app)).toBe(before + 1)
    await expectAlive(app, [over.body])
  },
)

test('8: a declared length over the limit is refused before a byte of the body is there', async () => {
  const { app, ids } = target()
  const before = await effectsOf(app)
  for (const call of [[`volley-call: ${ids['take']}`], []]) {
    const head = headOf(app, [...call, multipartType, `content-length: ${limit + 1}`])
    expectRefusal(await rawRequest(app.port, [head]), 413, 'too-large')
  }
  expect(await effectsOf(app)).toBe(before)
  await expectAlive(app)
})

/** Answered by Node's parser, or by nobody: what matters is that nothing runs. */
const lies: Record<string, string[]> = {
  'a length and chunks': ['content-length: 5', 'transfer-encoding: chunked'],
  'two lengths': ['content-length: 5', 'content-length: 6'],
  'a list of lengths': ['content-length: 5, 6'],
  'a negative length': ['content-length: -5'],
  'a length with a sign': ['content-length: +5'],
  'a hexadecimal length': ['content-length: 0x5'],
  'a length beyond all numbers': [`content-length: ${'9'.repeat(30)}`],
  'chunks under another name': ['transfer-encoding: xchunked'],
  'chunks twice': ['transfer-encoding: chunked, chunked'],
}
test.for(Object.entries(lies))('8: a lying length runs nothing: %s', async ([, lines]) => {
  const { app, ids } = target()
  const before = await effectsOf(app)
  const head = headOf(app, [`volley-call: ${ids['take']}`, 'content-type: text/plain', ...lines])
  const answer = await rawRequest(app.port, [head, '["a"]', '0\r\n\r\n'])
  expect([400, 413, 501]).toContain(answer.status)
  expect(await effectsOf(app)).toBe(before)
  await expectAlive(app, [answer.body])
})

test('8: a length below the body cuts it, and one above it waits in vain: neither runs', async () => {
  const { app, ids } = target()
  const before = await effectsOf(app)
  const head = [`volley-call: ${ids['take']}`, 'content-type: text/plain']
  const cut = await rawRequest(app.port, [headOf(app, [...head, 'content-length: 4']), '["a"]'])
  // What is behind such a body is no request: Node's parser answers before Volley does.
  expect(cut.status).toBe(400)
  const socket = await opened(app)
  socket.end(`${headOf(app, [...head, 'content-length: 6'])}["a"]`)
  await closed(socket)
  expect(await effectsOf(app)).toBe(before)
  await expectAlive(app, [cut.body])
})

test.for(Object.entries(carriers))(
  '8: forty bodies in the making take less memory than twice their limits: %s',
  async ([, { type, body }]) => {
    const { app, ids } = target()
    const count = 40
    const memory = async () => {
      const { heapUsed, external } = await stateOf(app)
      return heapUsed + external
    }
    const base = await memory()
    const before = await effectsOf(app)
    const head = headOf(app, [`volley-call: ${ids['take']}`, type, 'transfer-encoding: chunked'])
    const sockets = await Promise.all(Array.from({ length: count }, () => opened(app)))
    onTestFinished(() => sockets.forEach((socket) => socket.destroy()))
    const answers = sockets.map(answerOf)
    const begun = body(limit).slice(0, limit - 100)
    for (const socket of sockets) socket.write(head + chunk(begun))
    // Once the server holds most of what was sent, it has read it.
    await expect.poll(memory).toBeGreaterThan(base + 0.75 * count * limit)
    const held: number[] = []
    for (let i = 0; i < 5; i++) held.push(await memory())
    expect(Math.max(...held) - base).toBeLessThan(2 * count * limit)
    for (const socket of sockets) socket.write(chunk('x'.repeat(1_000)))
    const texts = await Promise.all(answers)
    expect(texts.filter((text) => !text.startsWith('HTTP/1.1 413'))).toEqual([])
    expect(await effectsOf(app)).toBe(before)
    sockets.forEach((socket) => socket.destroy())
    await expect.poll(memory).toBeLessThan(base + 0.25 * count * limit)
    await expectAlive(app, texts)
  },
)

function headOf(app: App, lines: readonly string[]): string {
  const host = `host: localhost:${app.port}`
  return ['POST / HTTP/1.1', host, 'connection: close', ...lines, '', ''].join('\r\n')
}

function chunk(text: string): string {
  return `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`
}

function opened(app: App): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port: app.port, host: 'localhost' }, () => resolve(socket))
    socket.once('error', reject)
  })
}

/** The first bytes that come back. */
function answerOf(socket: Socket): Promise<string> {
  return new Promise((resolve) => {
    socket.once('data', (bytes) => resolve(bytes.toString('latin1')))
    socket.once('close', () => resolve(''))
  })
}

function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    socket.resume().once('close', () => resolve())
  })
}
