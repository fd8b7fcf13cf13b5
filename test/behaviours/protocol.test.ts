import { describe, expect, test } from 'vitest'
import { modes, type App } from '../support/app.ts'
import { call, formsOf, functionOf } from '../support/call.ts'
import { useApp } from '../support/shared-app.ts'
import { expectText, visit } from '../support/visit.ts'

describe.for(modes)('in %s', (mode) => {
  const app = useApp('docs-app', mode)

  test.for(['GET', 'HEAD', 'PUT', 'DELETE'])(
    '%s with the header of a call runs nothing (68)',
    async (method) => {
      const id = await submitId(app())
      const before = await counterOf(app(), 'submit')
      const response = await app().fetch('/protocol', { method, headers: { 'volley-call': id } })
      expect(response.status).toBe(405)
      expect(response.headers.get('allow')).toBe('POST')
      expect(await counterOf(app(), 'submit')).toBe(before)
    },
  )

  test('a call is a POST to the page’s own path and query, as text, for a payload (59, 69, 70, 88)', async () => {
    const { page } = await visit(app(), '/protocol?name=名')
    expect(await page.textContent('#name')).toBe('名')
    const sent = page.waitForRequest((request) => request.method() === 'POST')
    await page.click('#say')
    const request = await sent
    const headers = await request.allHeaders()
    const url = new URL(request.url())
    expect(url.pathname + decodeURIComponent(url.search)).toBe('/protocol?name=名')
    expect(headers['volley-call']).toMatch(/^\S{1,128}$/)
    expect(headers['accept']).toBe('text/x-component')
    expect(headers['content-type']).toMatch(/^text\/plain/)
    expect(request.postData()).toBe('["hello"]')
    const answer = (await request.response())!
    expect(answer.headers()['content-type']).toMatch(/^text\/x-component/)
    expect(answer.headers()['cache-control']).toContain('no-store')
    await expectText(page, '#result', 'said hello')
  })

  test('arguments with a file are sent as multipart and arrive whole (70, 76)', async () => {
    const { page } = await visit(app(), '/protocol')
    const sent = page.waitForRequest((request) => request.method() === 'POST')
    await page.click('#file')
    const headers = await (await sent).allHeaders()
    expect(headers['content-type']).toMatch(/^multipart\/form-data/)
    await expectText(page, '#result', 'naïve.txt 3 text/x')
  })

  test('every type of argument and result comes through unchanged (71)', async () => {
    const report = await reportOf(app(), '#round-trips')
    const changed = Object.entries(report).filter(([, line]) => line !== 'same')
    expect(changed).toEqual([])
    expect(Object.keys(report).length).toBeGreaterThan(25)
  })

  test('a result may be an element with Client Components, and they work (72)', async () => {
    const { page } = await visit(app(), '/types')
    await page.click('#element')
    await expectText(page, '#shown em', 'from the server badge 0')
    await page.click('#badge')
    await expectText(page, '#badge', 'badge 1')
  })

  test('an argument that cannot be sent is an error for who looks into it (73)', async () => {
    const report = await reportOf(app(), '#others')
    for (const name of ['class instance', 'plain function']) {
      expect(report[name]).toMatch(
        mode === 'dev' ? /^rejected: Cannot access label/ : /^rejected: /,
      )
    }
  })

  test('an element that only passed through the server is the very same object (74)', async () => {
    const report = await reportOf(app(), '#others')
    expect(report['temporary element']).toBe('true')
  })

  test('symbols, late rejections and generators come through (71, 80, 83)', async () => {
    const report = await reportOf(app(), '#others')
    expect(report).toMatchObject({
      symbol: 'true',
      'late promise': expect.stringMatching(/^usable, rejected: /) as string,
      generator: '1,2,3',
    })
  })

  test.for([true, false])(
    'an uploaded file keeps name, size, type and bytes; JavaScript: %s (76, 151)',
    async (javaScript) => {
      const { page } = await visit(app(), '/files', { javaScript })
      const bytes = Buffer.from(Array.from({ length: 70_000 }, (_, index) => index % 256))
      const name = `Ünïcødé 名 ${javaScript}.bin`
      await page.setInputFiles('input[type=file]', {
        name,
        mimeType: 'application/x-volley',
        buffer: bytes,
      })
      await page.click('main form button')
      const digest = await crypto.subtle.digest('SHA-256', bytes)
      const line = `file | ${name} 70000 application/x-volley ${Buffer.from(digest).toString('hex')}`
      await expectText(page, '#uploads li:last-child', line)
    },
  )

  test('text of many bytes survives being cut into chunks, both ways (77)', async () => {
    const { page } = await visit(app(), '/protocol')
    await page.click('#wide-argument')
    await expectText(page, '#result', '100000')
    await page.click('#wide-result')
    await expectText(page, '#result', 'true')
  })

  test('a list of ten thousand entries arrives whole (78)', async () => {
    const { page } = await visit(app(), '/protocol')
    await page.click('#list')
    await expectText(page, '#result', '50045000')
  })

  test('a stream arrives piece by piece, while it is being made (81)', async () => {
    const { page } = await visit(app(), '/protocol')
    await page.click('#stream')
    await expectText(page, '#result', 'chunk 0, 50 chunks, first early')
  })

  test('a stream of bytes keeps its bytes (82)', async () => {
    const { page } = await visit(app(), '/protocol')
    await page.click('#bytes')
    await expectText(page, '#result', '0,255,1,254,2,253,3,252,4,251,5,250,6,249,7,248')
  })

  test('the function does not see the fields that name it, with JavaScript (84)', async () => {
    const { page } = await visit(app(), '/protocol')
    await page.click('#fields button')
    await expectText(page, '#result', 'a b')
  })

  test.for([true, false])(
    'the function of a server-rendered form sees every value of its fields, and not those that name it; JavaScript: %s (79, 84)',
    async (javaScript) => {
      const { page } = await visit(app(), '/fields', { javaScript })
      await page.click('main form button')
      await expectText(page, '#seen li:last-child', 'fields: a=1,2 b=3')
    },
  )

  test('a plain HTTP client can call: POST, id, JSON (69)', async () => {
    const id = await submitId(app())
    const before = await counterOf(app(), 'submit')
    const answer = await call(app(), id, { args: [new FormData()], path: '/protocol' })
    expect(answer.status).toBe(200)
    expect(await counterOf(app(), 'submit')).toBe(before + 1)
  })

  test('a call to a path without a page is refused or not found, never a page (86)', async () => {
    const id = await submitId(app())
    const answer = await call(app(), id, { args: [new FormData()], path: '/no/such/page' })
    expect(answer.status).toBe(404)
    expect(answer.headers.get('content-type')).not.toContain('text/html')
  })

  const malformed = ['', '{', '[', '"', '["$F1"]', '["$1"]', '["$Q9"]', 'null', '{"0":1}', '5']
  test.for(malformed)('a body of %j is an error and the server goes on (90)', async (body) => {
    const id = await submitId(app())
    const response = await app().fetch('/protocol', {
      method: 'POST',
      headers: { 'volley-call': id, 'content-type': 'text/plain;charset=utf-8' },
      body,
    })
    expect(response.status).toBe(400)
    expect(await response.text()).toBe('volley: bad-request')
    expect((await app().fetch('/protocol')).status).toBe(200)
  })

  test('a truncated multipart body is an error and the server goes on (90)', async () => {
    const id = await submitId(app())
    const response = await app().fetch('/protocol', {
      method: 'POST',
      headers: { 'volley-call': id, 'content-type': 'multipart/form-data; boundary=x' },
      body: '--x\r\ncontent-disposition: form-data; name="0"\r\n\r\n["$K1"]',
    })
    expect(response.status).toBe(400)
    expect((await app().fetch('/protocol')).status).toBe(200)
  })
})

async function submitId(app: App): Promise<string> {
  const html = await (await app.fetch('/protocol')).text()
  return functionOf(formsOf(html).find(({ id }) => id === 'submit')!)
}

async function counterOf(app: App, name: string): Promise<number> {
  const counters = (await (await app.fetch('/counters')).json()) as Record<string, number>
  return counters[name] ?? 0
}

async function reportOf(app: App, button: string): Promise<Record<string, string>> {
  const { page } = await visit(app, '/types')
  await page.click(button)
  await page.waitForSelector('#report:not(:empty)')
  return JSON.parse((await page.textContent('#report'))!) as Record<string, string>
}
