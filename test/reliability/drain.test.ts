import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { startApp, type App } from '../support/app.ts'
import { stateOf } from '../support/attack.ts'
import { call } from '../support/call.ts'
import { functionIds } from '../support/function-ids.ts'
import { rawRequest, requestText } from '../support/raw-request.ts'

async function ownApp(): Promise<{ app: App; ids: Record<string, string> }> {
  const app = await startApp('attack-app', 'start')
  onTestFinished(async () => void (await app.stop()))
  return { app, ids: await functionIds(app.root) }
}

test('30: asked to stop, a server answers the hundred calls that run, and ends with 0', async () => {
  const { app, ids } = await ownApp()
  const calls = Array.from({ length: 100 }, () => call(app, ids['wait']!, { args: [2_000] }))
  await expect.poll(async () => (await stateOf(app)).effects['wait']).toBe(100)
  const stopped = app.stop()
  const answers = await Promise.all(calls)
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 100 }, () => 200))
  expect(answers.filter(({ text }) => !text.includes('"value":2000'))).toEqual([])
  expect(await stopped).toBe(0)
})

test('30: while it finishes, it accepts no connection', async () => {
  const { app, ids } = await ownApp()
  let isRunning = true
  const running = call(app, ids['wait']!, { args: [2_000] }).finally(() => (isRunning = false))
  await expect.poll(async () => (await stateOf(app)).effects['wait']).toBe(1)
  const stopped = app.stop()
  const request = requestText('GET /-/ready', [`host: localhost:${app.port}`])
  const attempt = () => rawRequest(app.port, [request]).then(({ status }) => status, String)
  await expect.poll(attempt).toContain('ECONNREFUSED')
  expect(isRunning).toBe(true)
  expect((await running).status).toBe(200)
  expect(await stopped).toBe(0)
})

/** Calls that end after the server was asked to stop: their answers begin after that, or before. */
const late = { wait: [1_000], streamed: [500] }

test.for(Object.entries(late))(
  '30: a connection that its client would keep is closed behind its last answer: %s',
  async ([name, args]) => {
    const { app, ids } = await ownApp()
    const socket = connect({ port: app.port, host: 'localhost' })
    let received = ''
    socket.setEncoding('latin1').on('data', (text: string) => (received += text))
    const head = [`host: localhost:${app.port}`, `volley-call: ${ids[name]}`]
    const text = requestText('POST /', [...head, 'content-type: text/plain'], JSON.stringify(args))
    socket.write(text.replace('\r\nconnection: close', ''))
    if (name === 'wait') {
      await expect.poll(async () => (await stateOf(app)).effects['wait']).toBe(1)
      expect(received).toBe('')
    } else await once(socket, 'data')
    const stopped = app.stop()
    await once(socket, 'close')
    expect(received).toMatch(/^HTTP\/1\.1 200 /)
    // Who is told so does not send another call that nobody would read.
    if (name === 'wait') expect(received).toMatch(/^connection: close$/im)
    // Closed by a server that has ended what it had to say, and not by its end.
    expect(await stopped).toBe(0)
  },
)

test('30: what after() left is finished, too', async () => {
  const { app, ids } = await ownApp()
  expect((await call(app, ids['leaveWork']!, { path: '/work' })).status).toBe(200)
  expect(app.output()).not.toContain('the work is done')
  expect(await app.stop()).toBe(0)
  expect(app.output()).toContain('the work is done')
})
