import { describe, expect, onTestFinished, test } from 'vitest'
import { modes, startApp, type App } from '../support/app.ts'
import { formsOf, functionOf } from '../support/call.ts'
import { runCli } from '../support/cli.ts'
import { buildFixture } from '../support/fixture.ts'
import { freePort } from '../support/free-port.ts'
import { rawRequest, requestText } from '../support/raw-request.ts'
import { useApp } from '../support/shared-app.ts'
import { expectText, visit } from '../support/visit.ts'

type Attempt = {
  headers?: string[]
  body?: string
  id?: string
  method?: string
  path?: string
}

const json = 'content-type: text/plain;charset=utf-8'

describe.for(modes)('in %s, the guard', (mode) => {
  const app = useApp('guard-app', mode)

  const passing = {
    'Sec-Fetch-Site: same-origin': ['sec-fetch-site: same-origin'],
    'Sec-Fetch-Site: none': ['sec-fetch-site: none'],
    'no header at all (229)': [],
    'an allowed origin (224)': ['sec-fetch-site: cross-site', 'origin: https://trusted.example'],
    'an allowed origin without Sec-Fetch-Site (224)': ['origin: https://trusted.example'],
    'an allowed origin with its port (224)': ['origin: https://ported.example:8443'],
    'an allowed origin in capitals (226)': ['origin: https://TRUSTED.Example'],
    'one label for * (225)': ['origin: https://a.one.example'],
    'one label for ** (225)': ['origin: https://a.many.example'],
    'two labels for ** (225)': ['origin: https://a.b.many.example'],
  }
  test('says in the log what it refuses, with what it was sent cut short (279)', async () => {
    const before = app().output().length
    const target = `/?${'x'.repeat(500)}`
    const form = {
      method: 'POST',
      body: new FormData(),
      headers: { 'sec-fetch-site': 'cross-site' },
    }
    expect((await app().fetch(target, form)).status).toBe(403)
    const said = () => app().output().slice(before)
    await expect.poll(said).toMatch(/x{100}/)
    expect(said()).not.toMatch(/x{129}/)
  })

  test.for(Object.entries(passing))('lets through %s', async ([, headers]) => {
    const before = await ran(app())
    const answer = await attempt(app(), { headers })
    expect(answer.status).toBe(200)
    expect(await ran(app())).toBe(before + 1)
  })

  test('lets through an Origin that is the Host', async () => {
    const answer = await attempt(app(), { headers: [`origin: ${app().origin}`] })
    expect(answer.status).toBe(200)
  })

  const refused = {
    'another site (222)': ['sec-fetch-site: cross-site', 'origin: https://evil.example'],
    'another site without Sec-Fetch-Site (222)': ['origin: https://evil.example'],
    'a sibling site': ['sec-fetch-site: same-site', 'origin: http://other.localhost'],
    'another site without Origin': ['sec-fetch-site: cross-site'],
    'the null origin (227)': ['origin: null'],
    'another port': ['origin: http://localhost:1'],
    'another port than the allowed one': ['origin: https://ported.example'],
    'no label for * (225)': ['origin: https://one.example'],
    'two labels for * (225)': ['origin: https://a.b.one.example'],
    'no label for ** (225)': ['origin: https://many.example'],
    'a suffix of an allowed host (225)': ['origin: https://eviltrusted.example'],
    'an allowed host as a prefix (225)': ['origin: https://trusted.example.evil.example'],
    'an origin that is none (228)': ['origin: not-a-url'],
    'half an origin (228)': ['origin: http://'],
    'two origins': ['origin: https://trusted.example', 'origin: https://evil.example'],
    'a forwarded host that nobody vouches for (223)': [
      'origin: https://evil.example',
      'x-forwarded-host: evil.example',
    ],
  }
  test.for(Object.entries(refused))('refuses %s with 403', async ([, headers]) => {
    const before = await ran(app())
    expectRefusal(await attempt(app(), { headers }), 403, 'cross-site')
    expect(await ran(app())).toBe(before)
  })

  test.for(Object.entries(refused))(
    'refuses a form post from %s with 403 (230)',
    async ([, headers]) => {
      const before = await ran(app())
      const { body, type } = await formBody(app())
      const answer = await post(app(), { headers: [...headers, type], body })
      expectRefusal(answer, 403, 'cross-site')
      expect(await ran(app())).toBe(before)
    },
  )

  test('runs a form post of its own site (230)', async () => {
    const before = await ran(app())
    const { body, type } = await formBody(app())
    const answer = await post(app(), { headers: ['sec-fetch-site: same-origin', type], body })
    expect(answer.status).toBe(200)
    expect(answer.headers).toContain('content-type: text/html')
    expect(await ran(app())).toBe(before + 1)
  })

  const unknown = {
    'a made-up id': 'abcdefghijklmnopqrstuv0',
    'a prototype name': 'constructor',
    __proto__: '__proto__',
    toString: 'toString',
    'an id that is too long': 'a'.repeat(2_000),
  }
  test.for(Object.entries(unknown))('answers 404 to %s (236)', async ([, id]) => {
    expectRefusal(await attempt(app(), { id }), 404, 'stale')
  })

  const changes: Record<string, (id: string) => string> = {
    'a member of it': (id) => `${id}#bind`,
    'an empty member of it': (id) => `${id}#`,
    'a wildcard of it': (id) => `${id}#*`,
    'a longer one': (id) => `${id}0`,
    'a shorter one': (id) => id.slice(0, -1),
    'one in other case': (id) => id.toUpperCase() + id.toLowerCase(),
    'one after a space': (id) => `x ${id}`,
  }
  test.for(Object.entries(changes))(
    'answers 404 to a real id changed into %s',
    async ([, change]) => {
      const id = change(await runId(app()))
      expectRefusal(await attempt(app(), { id }), 404, 'stale')
    },
  )

  test('answers 404 to a form post with an unknown id (237)', async () => {
    const before = await ran(app())
    const { body, type } = await formBody(app(), 'abcdefghijklmnopqrstuv0')
    expectRefusal(await post(app(), { headers: [type], body }), 404, 'stale')
    expect(await ran(app())).toBe(before)
  })

  test.for(['multipart/form-data; boundary=x', 'application/x-www-form-urlencoded'])(
    'takes a form post without a field of ours for no call: %s (238, 282)',
    async (type) => {
      const body = type.startsWith('multipart')
        ? '--x\r\ncontent-disposition: form-data; name="a"\r\n\r\nb\r\n--x--\r\n'
        : 'a=b'
      const before = await ran(app())
      const answer = await post(app(), { headers: [`content-type: ${type}`], body })
      expect(answer.status).toBe(200)
      expect(answer.headers).toContain('content-type: text/html')
      expect(await ran(app())).toBe(before)
    },
  )

  test.for(['application/json', 'text/html', 'application/x-www-form-urlencoded', 'text/plainx'])(
    'refuses a call of type %s with 415',
    async (type) => {
      const answer = await attempt(app(), { headers: [`content-type: ${type}`], body: '["a"]' })
      expectRefusal(answer, 415, 'unsupported-type')
    },
  )

  test('refuses a compressed body with 415', async () => {
    const answer = await attempt(app(), { headers: [json, 'content-encoding: gzip'] })
    expectRefusal(answer, 415, 'unsupported-type')
  })

  // In development OPTIONS is answered by Vite, before anything of ours sees it.
  const methods = ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', ...(mode === 'dev' ? [] : ['OPTIONS'])]
  test.for(methods)('refuses the method %s with 405 (68)', async (method) => {
    const answer = await attempt(app(), { method, headers: [], body: '' })
    expect(answer.status).toBe(405)
    expect(answer.headers).toContain('allow: post')
    if (method !== 'HEAD') expect(unchunked(answer.body)).toBe('volley: method')
  })

  test('refuses a body over the limit before the function runs (239)', async () => {
    const before = await ran(app())
    const body = JSON.stringify(['x'.repeat(70_000)])
    expectRefusal(await attempt(app(), { headers: [json], body }), 413, 'too-large')
    expect(await ran(app())).toBe(before)
    expect(app().output()).toMatch(/bodySizeLimit/)
  })

  test('refuses a form over the limit, before the function runs (239)', async () => {
    const before = await ran(app())
    const { body, type } = await formBody(app(), undefined, 'x'.repeat(70_000))
    expectRefusal(await post(app(), { headers: [type], body }), 413, 'too-large')
    expect(await ran(app())).toBe(before)
  })

  test('accepts exactly the limit (240)', async () => {
    const body = JSON.stringify(['x'.repeat(64 * 1024 - 4)])
    expect(body.length).toBe(64 * 1024)
    expect((await attempt(app(), { headers: [json], body })).status).toBe(200)
    const over = JSON.stringify(['x'.repeat(64 * 1024 - 3)])
    expectRefusal(await attempt(app(), { headers: [json], body: over }), 413, 'too-large')
  })

  test('counts the bytes of a chunked body itself (242)', async () => {
    const id = await runId(app())
    const head = [`POST / HTTP/1.1`, `host: localhost:${app().port}`, `volley-call: ${id}`, json]
    const piece = 'x'.repeat(0x4000)
    const chunks = Array.from({ length: 5 }, () => `4000\r\n${piece}\r\n`)
    const answer = await rawRequest(app().port, [
      [...head, 'transfer-encoding: chunked', 'connection: close', '', ''].join('\r\n'),
      ...chunks,
      '0\r\n\r\n',
    ])
    expectRefusal(answer, 413, 'too-large')
  })

  test('tells the browser’s caller that the body was too large (239)', async () => {
    const { page } = await visit(app(), '/')
    await page.click('#small')
    await expectText(page, '#result', '1000')
    await page.click('#large')
    await expect.poll(() => page.textContent('#result')).toMatch(/^CallRefusedError: .*too.large/i)
  })

  test('shows the boundary when a refused call was part of a transition (239)', async () => {
    const { page } = await visit(app(), '/', { problems: 'expected' })
    await page.click('#large-in-transition')
    await expectText(page, '#boundary', 'CallRefusedError')
  })

  test('tells the browser’s caller that its site is refused (278)', async () => {
    const { page, context } = await visit(app(), '/')
    await context.route('**/*', async (route) => {
      const given = route.request().headers()
      if (!given['volley-call']) return route.continue()
      const headers = { ...given, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
      return route.fulfill({ response: await route.fetch({ headers }) })
    })
    await page.click('#small')
    await expect.poll(() => page.textContent('#result')).toMatch(/^CallRefusedError: .*cross-site/)
  })

  test('lets through the hosts of VOLLEY_ALLOWED_ORIGINS too (231)', async () => {
    const environment = { VOLLEY_ALLOWED_ORIGINS: 'extra.example, *.more.example' }
    const copy = mode === 'dev' ? { copy: 'guard-app-allowing' } : {}
    const own = await startApp('guard-app', mode, { environment, ...copy })
    onTestFinished(async () => void (await own.stop()))
    for (const host of ['trusted.example', 'extra.example', 'a.more.example']) {
      const answer = await attempt(own, { headers: [`origin: https://${host}`] })
      expect(answer.status, host).toBe(200)
    }
    expectRefusal(await attempt(own, { headers: ['origin: https://b.example'] }), 403, 'cross-site')
  })

  test('tells the browser’s caller that the function is not known (236)', async () => {
    const { page, context } = await visit(app(), '/')
    await context.route('**/*', async (route) => {
      const headers = route.request().headers()
      if (!headers['volley-call']) return route.continue()
      return route.continue({ headers: { ...headers, 'volley-call': 'from-another-build0' } })
    })
    await page.click('#small')
    await expect.poll(() => page.textContent('#result')).toMatch(/^StaleFunctionError: /)
    expect(await page.locator('#submit').count()).toBe(1)
    expect(app().output()).toMatch(/another (build|deployment|version)/)
  })
})

test.for(['dev', 'start'])(
  '%s refuses to start with hosts that are none (231)',
  async (command) => {
    const root = await buildFixture('guard-app')
    const environment = { VOLLEY_ALLOWED_ORIGINS: 'a.example,*.com' }
    const run = runCli([command, root, '--port', String(await freePort())], { environment })
    expect(await run.exited).toBe(1)
    expect(run.output()).toContain('VOLLEY_ALLOWED_ORIGINS holds "*.com", but each')
    expect(run.output()).not.toContain('    at ')
  },
)

describe.for(modes)('in %s, an app without server functions', (mode) => {
  const app = useApp('routing-app', mode)

  test('refuses calls and forms that name one, and renders for others (247)', async () => {
    expectRefusal(await attempt(app(), { id: 'abcdefghijklmnopqrstuv0' }), 404, 'stale')
    const type = 'content-type: multipart/form-data; boundary=volley'
    const body = (name: string) => `${part(name, '')}--volley--\r\n`
    const named = body('$ACTION_ID_abcdefghijklmnopqrstuv0')
    expectRefusal(await post(app(), { headers: [type], body: named }), 404, 'stale')
    const other = await post(app(), { headers: [type], body: body('text') })
    expect(other.status).toBe(200)
  })
})

/** A call to the function `run`, with an argument that it accepts. */
async function attempt(app: App, { headers = [], ...given }: Attempt = {}) {
  const id = given.id ?? (await runId(app))
  const hasType = headers.some((line) => line.startsWith('content-type'))
  const body = given.body ?? '["a"]'
  const type = hasType || body === '' ? [] : [json]
  return post(app, { ...given, headers: [`volley-call: ${id}`, ...type, ...headers], body })
}

function post(app: App, { headers = [], body = '', method = 'POST', path = '/' }: Attempt) {
  const host = `host: localhost:${app.port}`
  return rawRequest(app.port, [requestText(`${method} ${path}`, [host, ...headers], body)])
}

type Answer = Awaited<ReturnType<typeof rawRequest>>

/** Every refusal is the same for everybody: a fixed status, a constant text, and no more. */
function expectRefusal({ status, headers, body }: Answer, expected: number, code: string): void {
  expect({ status, body: unchunked(body) }).toEqual({ status: expected, body: `volley: ${code}` })
  expect(headers).toContain('content-type: text/plain')
  expect(headers).toContain('cache-control: no-store')
  expect(headers).toContain('x-content-type-options: nosniff')
}

function unchunked(body: string): string {
  return /^[\da-f]+\r\n(.*)\r\n0\r\n\r\n$/s.exec(body)?.[1] ?? body
}

async function ran(app: App): Promise<number> {
  return ((await (await app.fetch('/ran')).json()) as { count: number }).count
}

/** The id of `run`, from the form that is there for it. */
async function runId(app: App): Promise<string> {
  return functionOf(formOf(await (await app.fetch('/')).text(), 'run'))
}

function formOf(html: string, id: string) {
  return formsOf(html).find((form) => form.id === id)!
}

/** What a browser posts for the form of the page, with another id or text if one is given. */
async function formBody(app: App, id?: string, text = 'hello') {
  const html = await (await app.fetch('/')).text()
  const form = formOf(html, 'submit')
  const known = functionOf(form)
  const hidden = form.fields
    .filter(([name]) => name !== 'text')
    .map(([name, value]) => part(name.replace(known, id ?? known), value))
  return {
    type: 'content-type: multipart/form-data; boundary=volley',
    body: `${hidden.join('')}${part('text', text)}--volley--\r\n`,
  }
}

function part(name: string, value: string): string {
  return `--volley\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
}
