import { describe, expect, test } from 'vitest'
import { modes } from '../support/app.ts'
import { useApp } from '../support/shared-app.ts'
import { expectText, visit } from '../support/visit.ts'

describe.for(modes)('in %s, an app with a next.config.ts', (mode) => {
  const app = useApp('site-app', mode)
  const home = '/base/'

  test.for([true, false])(
    'has its pages, files and calls below the base path; JavaScript: %s (253)',
    async (javaScript) => {
      const { page, requests } = await visit(app(), home, { javaScript })
      await expectText(page, 'h1', 'Home')
      const before = Number(await page.textContent('#count'))
      await page.click('#submit')
      await expectText(page, '#count', String(before + 1))
      expect(requests).toContain('POST /base/')
      expect(requests.filter((line) => !/ \/base\//.test(line))).toEqual([])
    },
  )

  test('has links, searches and router below it, and paths without it (253, 274)', async () => {
    const { page, documents } = await visit(app(), home)
    expect(await page.getAttribute('#to-about', 'href')).toBe('/base/about/')
    await page.click('#to-about')
    await expectText(page, 'h1', 'About nothing')
    expect(new URL(page.url()).pathname).toBe('/base/about/')
    await expectText(page, '#pathname', '/about/')
    await page.click('#search')
    await expectText(page, 'h1', 'About words')
    expect(page.url()).toBe(`${app().origin}/base/about/?q=words`)
    await page.click('#to-post')
    await expectText(page, 'h1', 'Post 7')
    expect(page.url()).toBe(`${app().origin}/base/posts/7/?tab=text#end`)
    await page.click('#push')
    await expectText(page, 'h1', 'Post 10')
    await page.goBack()
    await expectText(page, 'h1', 'Post 7')
    expect(documents).toEqual(['GET /base/'])
  })

  test('has it once in the target of a redirect; outside is a document (124, 253)', async () => {
    const { page, documents } = await visit(app(), home)
    await page.click('#go')
    await expectText(page, 'h1', 'Post 8')
    expect(new URL(page.url()).pathname).toBe('/base/posts/8/')
    await page.click('#go-whole')
    await expectText(page, 'h1', 'Post 9')
    expect(documents).toHaveLength(1)
    await page.route('**/outside', (route) => route.fulfill({ body: 'outside' }))
    await page.click('#go-outside')
    await page.waitForURL('**/outside')
    const moved = await app().fetch('/base/posts/moved/')
    expect([moved.status, moved.headers.get('location')]).toEqual([303, '/base/about/'])
  })

  test('has its addresses with a slash: documents are sent there, posts are not (254)', async () => {
    const document = await app().fetch('/base/about?q=1')
    expect([document.status, document.headers.get('location')]).toEqual([308, '/base/about/?q=1'])
    const { page, requests } = await visit(app(), '/base/about')
    await page.click('#go')
    await expectText(page, 'h1', 'Post 8')
    expect(requests.filter((line) => line.startsWith('POST'))).toEqual(['POST /base/about/'])
    const form = new FormData()
    form.set('a', '1')
    const posted = await app().fetch('/base/about', { method: 'POST', body: form })
    expect([posted.status, await posted.text()]).toEqual([200, expect.stringMatching('About')])
  })

  test('has its redirects, rewrites and headers', async () => {
    const old = await app().fetch('/base/old/7?q=1')
    expect([old.status, old.headers.get('location')]).toEqual([308, '/base/posts/7/?q=1'])
    if (mode === 'start') {
      const root = await app().fetch('/')
      expect([root.status, root.headers.get('location')]).toEqual([307, '/base/'])
    }
    expect(await (await app().fetch('/base/p/7/')).text()).toMatch('Post <!-- -->7')
    expect(await (await app().fetch('/base/about/?preview=1')).text()).toMatch(
      'Post <!-- -->preview',
    )
    expect(old.headers.get('x-frame-options')).toBe('DENY')
    expect((await app().fetch(home)).headers.get('x-frame-options')).toBe('DENY')
  })

  test('has its public files below the base path', async () => {
    const file = await app().fetch('/base/hello.txt')
    expect([file.status, await file.text()]).toEqual([200, 'hello\n'])
    if (mode === 'start') {
      expect(file.headers.get('x-frame-options')).toBe('DENY')
      expect(file.headers.get('cache-control')).toBe('public, max-age=60')
      expect((await app().fetch('/hello.txt')).status).toBe(404)
    }
  })

  test('has its metadata files below the base path', async () => {
    const html = await (await app().fetch(home)).text()
    const [, href = ''] = /<link rel="icon" href="([^"]+)"/.exec(html) ?? []
    expect(href).toMatch(/^\/base\/icon\.svg/)
    const icon = await app().fetch(href)
    expect([icon.status, icon.headers.get('content-type')]).toEqual([200, 'image/svg+xml'])
  })

  test('has its variables in the code of both sides', async () => {
    const { page } = await visit(app(), home)
    expect(await page.textContent('#greeting')).toBe('hello from the configuration')
    const html = await (await app().fetch(home)).text()
    expect(html).toMatch('hello from the configuration')
  })

  test('has the limit and the friends that it names (224, 239)', async () => {
    const { page } = await visit(app(), home)
    await page.click('#long')
    await expectText(page, '#answer', 'CallRefusedError')
    const headers = { 'sec-fetch-site': 'cross-site', origin: 'https://friend.example' }
    const form = new FormData()
    form.set('a', '1')
    const friendly = await app().fetch(home, { method: 'POST', body: form, headers })
    expect(friendly.status).toBe(200)
  })

  test.runIf(mode === 'dev')('is told what has no effect', () => {
    expect(app().output()).toMatch(
      'next.config.ts: without effect in Volley: reactStrictMode, the rewrite of /ingest/:path* to https://metrics.example/:path*.',
    )
  })
})
