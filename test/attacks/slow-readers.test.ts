import { connect, type Socket } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { expectAlive, stateOf } from '../support/attack.ts'
import { useOwnTarget } from '../support/own-target.ts'
import type { App } from '../support/app.ts'

const target = useOwnTarget('--expose-gc')

const megabyte = 1024 * 1024
const size = 100 * megabyte

test('34: a reader that stops costs the stream of a route handler a few buffers', async () => {
  const { app } = target()
  const base = await memoryOf(app)
  const reader = await read(app, ['GET /download HTTP/1.1', `host: localhost:${app.port}`, '', ''])
  expect(await settledMemory(app)).toBeLessThan(base + 10 * megabyte)
  expect(await reader.rest()).toBeGreaterThan(size)
  await expectAlive(app)
})

test('34: a reader that stops costs the stream of a server function a few buffers', async () => {
  const { app, ids } = target()
  const base = await memoryOf(app)
  const body = '[100]'
  const lines = [
    `volley-call: ${ids['produce']}`,
    'content-type: text/plain',
    `content-length: ${body.length}`,
  ]
  const head = ['POST / HTTP/1.1', `host: localhost:${app.port}`, ...lines, '', body]
  const reader = await read(app, head)
  const held = await settledMemory(app)
  expect(held).toBeLessThan(base + 10 * megabyte)
  expect(await reader.rest()).toBeGreaterThan(size)
  await expectAlive(app)
})

/** Reads the first bytes of an answer and stops; `rest` reads on and counts them all. */
async function read(app: App, lines: readonly string[]): Promise<{ rest: () => Promise<number> }> {
  const socket = connect({ port: app.port, host: 'localhost' }, () =>
    socket.write(lines.join('\r\n')),
  )
  onTestFinished(() => void socket.destroy())
  let length = 0
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject).once('data', (bytes) => {
      length += bytes.length
      socket.pause()
      resolve()
    })
  })
  return { rest: () => countRest(socket, length) }
}

function countRest(socket: Socket, start: number): Promise<number> {
  return new Promise((resolve) => {
    let length = start
    socket.on('data', (bytes) => {
      length += bytes.length
      if (length > size) resolve(length)
    })
    socket.on('close', () => resolve(length)).resume()
  })
}

async function memoryOf(app: App): Promise<number> {
  const { heapUsed, external } = await stateOf(app)
  return heapUsed + external
}

/** What the process holds once it holds no more from one look to the next. */
async function settledMemory(app: App): Promise<number> {
  let previous = 0
  let current = await memoryOf(app)
  while (current > previous + megabyte / 2) {
    previous = current
    for (let i = 0; i < 10; i++) current = Math.max(current, await memoryOf(app))
  }
  return current
}
