import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { modes } from '../support/app.ts'
import { useApp } from '../support/shared-app.ts'
import { expectText, visit } from '../support/visit.ts'

describe.for(modes)('in %s, middleware', (mode) => {
  const app = useApp('middleware-app', mode)

  test('guards a page, whoever asks for it', async () => {
    const { page, documents } = await visit(app(), '/guarded')
    expect(new URL(page.url()).pathname).toBe('/login')
    await page.click('#to-home')
    await expectText(page, 'h1', 'Home')
    const loaded = documents.length
    await page.click('#to-guarded')
    await expectText(page, 'h1', 'Login')
    expect(new URL(page.url()).pathname).toBe('/login')
    expect(documents).toHaveLength(loaded)
  })

  test('sees the cookie of the function that redirects to what it guards (114, 120)', async () => {
    const { page, documents, during } = await visit(app(), '/')
    await page.click('#goGuarded')
    await expectText(page, 'h1', 'Login')
    const requests = await during(async () => {
      await page.click('#signIn')
      await expectText(page, 'h1', 'Guarded')
    })
    expect(requests).toEqual(['POST /login'])
    expect(new URL(page.url()).pathname).toBe('/guarded')
    expect(documents).toHaveLength(1)
  })

  test('that redirects the target of a redirect leads to the last URL (120)', async () => {
    const { page, documents } = await visit(app(), '/')
    await page.click('#goMoved')
    await expectText(page, 'h1', 'Post 3 by nobody')
    expect(new URL(page.url()).pathname).toBe('/posts/3')
    expect(documents).toHaveLength(1)
  })

  test('that rewrites the target of a redirect leaves it its URL (121)', async () => {
    const { page, documents } = await visit(app(), '/')
    await page.click('#goShown')
    await expectText(page, 'h1', 'Post 7 by nobody')
    expect(page.url()).toBe(`${app().origin}/shown?by=call`)
    await expectText(page, '#pathname', '/shown')
    expect(documents).toHaveLength(1)
  })

  test('that led a navigation elsewhere leaves calls as they are, made once (216)', async () => {
    const { page, during } = await visit(app(), '/')
    await page.click('#to-moved')
    await expectText(page, 'h1', 'Post 3 by nobody')
    const before = Number(await page.textContent('#count'))
    const requests = await during(async () => {
      await page.click('#add')
      await expectText(page, '#count', String(before + 1))
    })
    expect(requests).toEqual(['POST /posts/3'])
  })

  test('runs for calls and hands its headers on (248)', async () => {
    const { page } = await visit(app(), '/login')
    await page.click('#whence')
    await expectText(page, '#answer', 'middleware of /login')
    const answered = await app().fetch('/answered')
    expect([answered.status, await answered.json()]).toEqual([418, { answered: '/answered' }])
    expect((await app().fetch('/')).headers.get('x-answer')).toBe('from middleware')
  })

  test.for([true, false])(
    'a function works on a page whose path is rewritten; JavaScript: %s (249)',
    async (javaScript) => {
      const { page } = await visit(app(), '/shown', { javaScript })
      const before = Number(await page.textContent('#count'))
      await page.click('#submit')
      await expectText(page, '#count', String(before + 1))
      expect(new URL(page.url()).pathname).toBe('/shown')
    },
  )

  test('a rewritten page is revalidated by the path of what it shows (186)', async () => {
    const { page, during } = await visit(app(), '/shown')
    const before = Number(await page.textContent('#count'))
    const requests = await during(async () => {
      await page.click('#addToPost')
      await expectText(page, '#count', String(before + 1))
    })
    expect(requests).toEqual(['POST /shown'])
  })

  test('that has read the body does not lose it (78, 250)', async () => {
    const { page } = await visit(app(), '/', { headers: { 'x-read': 'body' } })
    await page.click('#long')
    await expectText(page, '#answer', '10000')
    const headers = { 'x-read': 'body', 'content-type': 'text/plain' }
    const echo = await app().fetch('/echo', { method: 'POST', body: 'あ'.repeat(1000), headers })
    const body = 'あ'.repeat(1000)
    expect(await echo.json()).toEqual({ from: 'middleware of /echo', body })
  })

  test('that redirects a call leads the browser there; the function does not run (251)', async () => {
    const { page, documents } = await visit(app(), '/leave')
    await page.click('#add')
    await expectText(page, 'h1', 'Login, left')
    expect(page.url()).toBe(`${app().origin}/login?left=1`)
    expect(documents).toHaveLength(1)
  })

  test('sets cookies beside those of the function (252)', async () => {
    const { page, context } = await visit(app(), '/cookies')
    expect(await page.textContent('h1')).toBe('seen=cookies')
    await page.click('#setOwn')
    await expectText(page, 'h1', 'seen=cookies, own=by the function')
    const cookies = await context.cookies()
    expect(cookies.map(({ name }) => name).toSorted()).toEqual(['own', 'seen'])
  })

  test('its cookies for the target of a redirect are sent with those of the function (123)', async () => {
    const { page, context } = await visit(app(), '/')
    await page.click('#signIn')
    await expectText(page, 'h1', 'Guarded')
    const cookies = await context.cookies()
    expect(cookies.map(({ name, value }) => `${name}=${value}`).toSorted()).toEqual([
      'seen=guarded',
      'session=ada',
    ])
  })

  test('and those of a server in front of it are all kept (256)', async () => {
    const front = createServer((incoming, response) => {
      const { method, url, headers } = incoming
      const options = { port: app().port, host: 'localhost', method, path: url, headers }
      const onward = request(options, (answer) => {
        const cookies = [answer.headers['set-cookie'] ?? [], 'front=here; Path=/'].flat()
        response.writeHead(answer.statusCode ?? 502, { ...answer.headers, 'set-cookie': cookies })
        answer.pipe(response)
      })
      incoming.pipe(onward)
    })
    await new Promise<void>((resolve) => front.listen(0, resolve))
    onTestFinished(() => void front.close())
    const { port } = front.address() as AddressInfo
    const { page, context } = await visit(app(), `http://localhost:${port}/cookies`)
    await page.click('#setOwn')
    await expectText(page, 'h1', 'seen=cookies, front=here, own=by the function')
    const cookies = await context.cookies()
    expect(cookies.map(({ name }) => name).toSorted()).toEqual(['front', 'own', 'seen'])
  })

  test.for([true, false])(
    'a locale that it chooses is a parameter, and functions work there; JavaScript: %s (255)',
    async (javaScript) => {
      const { page } = await visit(app(), '/shop', { javaScript })
      expect(await page.textContent('h1')).toBe('Shop in en')
      const before = Number(await page.textContent('#count'))
      await page.click('#submit')
      await expectText(page, '#count', String(before + 1))
      expect(new URL(page.url()).pathname).toBe('/en/shop')
    },
  )

  test.runIf(mode === 'start')(
    'a nonce that it sets is on every script of the document',
    async () => {
      const { page } = await visit(app(), '/nonce')
      await page.click('#stay')
      await expectText(page, '#stay', '1')
      const html = await (await app().fetch('/nonce')).text()
      const scripts = html.match(/<script\b[^>]*>/g) ?? []
      expect(scripts.length).toBeGreaterThan(1)
      expect(scripts.filter((tag) => !/ nonce="[\w+/=]+"/.test(tag))).toEqual([])
    },
  )
})
