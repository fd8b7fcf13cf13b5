import { expect, test } from 'vitest'
import type { App } from '../support/app.ts'
import { expectAlive, useTarget } from '../support/attack.ts'
import { rawRequest, requestText, type RawAnswer } from '../support/raw-request.ts'
import { watchLog } from '../support/log-lines.ts'

const target = useTarget()

/** What ends a header, an attribute or a string of C. */
const breaks = ['\r\ninjected: yes', '\ninjected: yes', '\rinjected: yes', '\0injected: yes']

test.for(breaks.map((text) => JSON.stringify(text)))(
  '22: a cookie whose name holds %s is refused where it is set',
  async (text) => {
    const name = `name${JSON.parse(text) as string}`
    await expectRefused([name, 'value'], /The cookie .* cannot have the name/)
  },
)

const attributes = ['path', 'domain', 'sameSite', 'priority']

test.for(attributes)(
  '22: a cookie whose %s would end it is refused where it is set',
  async (key) => {
    for (const text of [...breaks, '; secure', ';', '\u2028', 'é']) {
      const setting = { [key]: `/x${text}` }
      await expectRefused(['name', 'value', setting], /The cookie "name" cannot have the/)
    }
  },
)

test.for(['expires', 'maxAge'])('22: a cookie whose %s is a text is refused', async (key) => {
  for (const text of [...breaks, '1; domain=evil.example']) {
    await expectRefused(['name', 'value', { [key]: text }], /The cookie "name" cannot have the/)
  }
})

test('22: the value of a cookie is one value, whatever it holds', async () => {
  const { app } = target()
  const values = [
    ...breaks,
    '; domain=evil.example',
    ', other=1',
    '"',
    '\\',
    '\u2028',
    '\ud800',
    'é',
  ]
  for (const value of values) {
    const answer = await setCookie(app, ['name', value])
    expect(answer.status).toBe(200)
    expect(cookiesOf(answer)).toHaveLength(1)
    expect(cookiesOf(answer)[0]).toMatch(/^name=[\w%!'()*~.-]*; path=\/$/)
    expectNothingInjected(answer)
  }
  await expectAlive(app)
})

test.for(['cookie', 'cookies'])('22: a route handler can set no broken %s', async (by) => {
  const { app } = target()
  for (const text of [...breaks, ';', ' ', '=']) {
    const answer = await sendHeader(app, { by, name: `name${text}`, value: 'value' })
    expect(answer.status).toBe(422)
    expect(answer.body).toMatch(/refused: TypeError: The cookie .* cannot have the name/)
    expectNothingInjected(answer)
  }
  await expectAlive(app)
})

test.for(['name', 'value'])('22: a route handler cannot break the %s of a header', async (part) => {
  const { app } = target()
  for (const text of breaks) {
    const header = { name: 'x-name', value: 'value', [part]: `x-${text}` }
    const answer = await sendHeader(app, { by: 'header', ...header })
    expect(answer.status).toBe(422)
    expect(answer.body).toMatch(/refused: TypeError/)
    expectNothingInjected(answer)
  }
  await expectAlive(app)
})

test('22: a header that Node cannot send is answered by 500, and the log says why', async () => {
  const { app } = target()
  const log = watchLog(app)
  for (const value of ['x\u0001y', 'x\u001by', 'x\u007fy']) {
    const answer = await sendHeader(app, { by: 'header', name: 'x-name', value })
    expect(answer.status).toBe(500)
    expect(answer.body).toContain('Internal Server Error')
  }
  await expect.poll(() => log.lines().length).toBe(3)
  expect(log.lines().filter(({ error }) => !error?.includes('x-name'))).toEqual([])
  await expectAlive(app)
})

test('22: a redirect target breaks no header', async () => {
  const { app, ids } = target()
  for (const text of breaks) {
    for (const to of [`/x${text}`, `https://elsewhere.example/${text}`]) {
      const body = new URLSearchParams({ [`$ACTION_ID_${ids['leave']}`]: '', to }).toString()
      const type = 'content-type: application/x-www-form-urlencoded'
      const posted = await post(app, { path: '/leaving', headers: [type], body })
      expectNothingInjected(posted)
      expect(posted.headers).not.toContain('\nlocation:')
      const handled = await sendHeader(app, { by: 'redirect', name: '', value: to })
      expectNothingInjected(handled)
    }
  }
  await expectAlive(app)
})

async function expectRefused(args: unknown[], message: RegExp): Promise<void> {
  const { app } = target()
  const log = watchLog(app)
  const answer = await setCookie(app, args)
  expect(answer.status).toBe(500)
  expect(cookiesOf(answer)).toEqual([])
  expectNothingInjected(answer)
  await expect
    .poll(() => log.lines().map(({ error }) => error))
    .toEqual([expect.stringMatching(message)])
  await expectAlive(app, [answer.body])
}

function setCookie(app: App, args: unknown[]): Promise<RawAnswer> {
  const id = target().ids['setCookie']!
  // A text that begins with `$` would mean something to React; none of these does.
  const headers = [`volley-call: ${id}`, 'content-type: text/plain']
  return post(app, { path: '/', headers, body: JSON.stringify(args) })
}

function sendHeader(app: App, wanted: { by: string; name: string; value: string }) {
  const headers = ['content-type: application/json']
  return post(app, { path: '/header', headers, body: JSON.stringify(wanted) })
}

type Post = { path: string; headers: string[]; body: string }

function post(app: App, { path, headers, body }: Post): Promise<RawAnswer> {
  const all = [`host: localhost:${app.port}`, ...headers]
  return rawRequest(app.port, [requestText(`POST ${path}`, all, body)])
}

function cookiesOf({ headers }: RawAnswer): string[] {
  return headers.split('\r\n').flatMap((line) => /^set-cookie: (.*)$/.exec(line)?.[1] ?? [])
}

function expectNothingInjected({ headers }: RawAnswer): void {
  expect(headers.split(/[\r\n\0]+/).filter((line) => line.startsWith('injected'))).toEqual([])
}
