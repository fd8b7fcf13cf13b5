import { connect, type Socket } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { effectsOf, expectAlive, useTarget } from '../support/attack.ts'
import { call } from '../support/call.ts'
import type { App } from '../support/app.ts'

const target = useTarget()

/** In milliseconds: the server's time-outs, and a second for noticing. */
const patience = { headers: 12_000, body: 33_000 }
const count = 250

test('9: of five hundred senders that never finish, none keeps others waiting or its socket', async () => {
  const { app, ids } = target()
  const before = await effectsOf(app)
  const started = performance.now()
  const head = ['POST / HTTP/1.1', `host: localhost:${app.port}`, `volley-call: ${ids['take']}`]
  const withBody = [...head, 'content-type: text/plain', 'content-length: 1000', '', '["'].join(
    '\r\n',
  )
  const withoutEnd = Array.from({ length: count }, () =>
    opened(app, `${head.join('\r\n')}\r\nx-`, 'a'),
  )
  const unfinished = Array.from({ length: count }, () => opened(app, withBody, 'a'))
  const all = [...withoutEnd, ...unfinished]
  const drip = setInterval(() => all.forEach((one) => one.drip()), 1_000)
  onTestFinished(() => {
    clearInterval(drip)
    all.forEach(({ socket }) => socket.destroy())
  })
  await Promise.all(all.map(({ connected }) => connected))

  const times: number[] = []
  for (let i = 0; i < 20; i++) {
    const asked = performance.now()
    expect((await call(app, ids['take']!, { args: [i] })).status).toBe(200)
    times.push(performance.now() - asked)
  }
  expect(times.toSorted((a, b) => a - b)[10]).toBeLessThan(100)
  await expectAlive(app)

  await Promise.all(withoutEnd.map(({ closed }) => closed))
  expect(performance.now() - started).toBeLessThan(patience.headers)
  await Promise.all(unfinished.map(({ closed }) => closed))
  expect(performance.now() - started).toBeLessThan(patience.body)
  expect(await effectsOf(app)).toBe(before + times.length)
  await expectAlive(app)
})

test('9: a sender that is refused and goes on is cut off', async () => {
  const { app } = target()
  const head = ['POST / HTTP/1.1', `host: localhost:${app.port}`, 'volley-call: unknown']
  const lines = [...head, 'content-type: text/plain', 'content-length: 1000', '', '["'].join('\r\n')
  const senders = Array.from({ length: 50 }, () => opened(app, lines, 'a'))
  const drip = setInterval(() => senders.forEach((one) => one.drip()), 100)
  onTestFinished(() => clearInterval(drip))
  const started = performance.now()
  await Promise.all(senders.map(({ closed }) => closed))
  expect(performance.now() - started).toBeLessThan(4_000)
  await expectAlive(app)
})

type Sender = {
  socket: Socket
  connected: Promise<void>
  closed: Promise<void>
  drip: () => void
}

/** Sends the beginning of a request at once, and then one byte at a time. */
function opened(app: App, beginning: string, byte: string): Sender {
  const socket = connect({ port: app.port, host: 'localhost' }, () => socket.write(beginning))
  // A connection that the server breaks off is what is asked for.
  socket.on('error', () => undefined).resume()
  return {
    socket,
    connected: new Promise((resolve) => socket.once('connect', () => resolve())),
    closed: new Promise((resolve) => socket.once('close', () => resolve())),
    drip: () => void (socket.writable && socket.write(byte)),
  }
}
