import { connect } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { startApp, type App } from '../support/app.ts'
import { expectAlive, useTarget } from '../support/attack.ts'
import { call } from '../support/call.ts'
import { watchLog } from '../support/log-lines.ts'
import { rawRequest, requestText } from '../support/raw-request.ts'

const target = useTarget()

/** Ways to fail that end with the call itself. */
const failures = { throw: 500, string: 500, overflow: 500 }

test.for(Object.entries(failures))(
  '33: a call that fails by %s harms no call beside it',
  async ([how, status]) => {
    const { app, ids } = target()
    const beside = Array.from({ length: 20 }, (_, i) => call(app, ids['wait']!, { args: [20 + i] }))
    const failed = await Promise.all(
      Array.from({ length: 20 }, () => call(app, ids['fail']!, { args: [how] })),
    )
    expect(new Set(failed.map((answer) => answer.status))).toEqual(new Set([status]))
    const texts = [...failed, ...(await Promise.all(beside))].map(({ text }) => text)
    texts.slice(20).forEach((text, i) => expect(text).toContain(`"value":${20 + i}`))
    await expectAlive(app, texts)
  },
)

/** What is left behind belongs to no call: it is logged, and everything else goes on. */
const leftBehind = { stray: 'a promise that nobody awaits', timer: '' }

test.for(Object.entries(leftBehind))(
  '33: what a call leaves behind (%s) is logged and ends nothing',
  async ([how, where]) => {
    const { ids } = target()
    const app = await ownApp()
    const log = watchLog(app)
    const beside = Array.from({ length: 20 }, (_, i) => call(app, ids['wait']!, { args: [20 + i] }))
    const answer = await call(app, ids['fail']!, { args: [how] })
    expect(answer.status).toBe(200)
    expect((await Promise.all(beside)).map(({ status }) => status)).toEqual(Array(20).fill(200))
    await expect.poll(log.text).toContain('canary-in-the-message-of-an-error')
    expect(app.isRunning()).toBe(true)
    expect(log.lines()).toHaveLength(1)
    expect(log.lines()[0]!.where).toContain(where)
    expect((await app.fetch('/')).status).toBe(200)
    expect(answer.text).not.toContain('canary-in')
  },
)

test('33: clients that leave in the middle of a request or an answer harm nobody', async () => {
  const { app, ids } = target()
  const host = `host: localhost:${app.port}`
  const header = [host, `volley-call: ${ids['wait']}`, 'content-type: text/plain']
  const requests = [
    requestText('POST /', header, '[30]'),
    requestText('POST /', header, '[30]').slice(0, -2),
    requestText('POST /', [host, `volley-call: ${ids['streamed']}`, header[2]!], '[20]'),
    requestText('GET /bleeding?pause=20', [host]),
    requestText('GET /-/payload/bleeding?pause=20', [host]),
    requestText('GET /bleeding/stream?pause=20', [host]),
    requestText('GET /failing/error?where=late', [host]),
    requestText('POST /', [host, 'content-type: multipart/form-data; boundary=x'], '--x\r\n'),
  ]
  const left = requests.flatMap((text) => [leave(app, text, 'sent'), leave(app, text, 'answered')])
  await Promise.all(left)
  const answer = await rawRequest(app.port, [requests[0]!])
  expect(answer.status).toBe(200)
  await expectAlive(app, [answer.body])
})

/** Resets the connection when the request was sent, or when the first bytes of its answer came. */
function leave(app: App, text: string, when: 'sent' | 'answered'): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect({ port: app.port, host: 'localhost' })
    const reset = () => socket.resetAndDestroy()
    socket.on('close', () => resolve()).on('error', () => undefined)
    socket.write(text, () => when === 'sent' && setImmediate(reset))
    socket.on('data', reset)
    // What is never answered, because its body does not end, is left all the same.
    socket.setTimeout(1_000, reset)
  })
}

/** Not the shared one, whose log must stay free of what is left behind. */
async function ownApp(): Promise<App> {
  const app = await startApp('attack-app', 'start')
  onTestFinished(async () => void (await app.stop()))
  return app
}
