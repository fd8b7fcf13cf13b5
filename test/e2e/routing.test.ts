import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { modes } from '../support/app.ts'
import { rawRequest, requestText } from '../support/raw-request.ts'
import { useApp } from '../support/shared-app.ts'
import { closeOverlay, expectText, hydrated, recordAnswers, visit } from '../support/visit.ts'

describe.for(modes)('in %s', (mode) => {
  const app = useApp('routing-app', mode)

  const pages = {
    '/': 'Home',
    '/blog': 'Blog',
    '/blog/first': 'Post first',
    '/blog/%C3%BC%20%23': 'Post ü #',
    '/docs/a/b/c': '{"path":["a","b","c"]}',
    '/shop': '{}',
    '/shop/shoes/red': '{"filters":["shoes","red"]}',
    '/about': 'About',
    '/about/': 'About',
  }
  test.for(Object.entries(pages))('%s shows %s, by URL and by link', async ([target, title]) => {
    const { page } = await visit(app(), target)
    expect(await page.textContent('h1')).toBe(title)
    const link = page.locator(`nav a[href="${target}"]`)
    if ((await link.count()) === 0) return
    await page.goto('/styled')
    await hydrated(page)
    await link.click()
    await expectText(page, 'h1', title)
  })

  test('a link loads no document and keeps the layouts that both pages share', async () => {
    const { page, documents, requests } = await visit(app(), '/blog')
    await page.click('#root-count')
    await page.click('#blog-count')
    await page.click('nav a[href="/blog/first"]')
    await expectText(page, 'h1', 'Post first')
    await page.click('nav a[href="/about"]')
    await expectText(page, 'h1', 'About')
    expect(await page.textContent('#root-count')).toBe('1')
    expect(documents).toEqual(['GET /blog'])
    expect(requests).toContain('GET /-/payload/about')
    await page.click('nav a[href="/blog"]')
    await expectText(page, '#blog-count', '0')
  })

  test('a navigation asks only for the regions that the browser lacks', async () => {
    const { page } = await visit(app(), '/blog')
    const answers = await recordAnswers(page, '**/-/payload/blog/first')
    await page.click('nav a[href="/blog/first"]')
    await expectText(page, 'h1', 'Post first')
    const [payload] = answers
    expect(payload).toContain('page:/blog/[slug]?slug=first')
    expect(/"regions":\{([^}]*)\}/.exec(payload!)?.[1]).not.toContain('layout:')
    // In development React tells its tools of the components that ran, with their sources.
    if (mode === 'dev') return
    expect(payload).not.toContain('root-count')
    expect(payload).not.toContain('blog-count')
  })

  test('Back and Forward show the pages and their scroll positions', async () => {
    const { page, documents } = await visit(app(), '/blog/first')
    await scrollTo(page, 1_000)
    await page.evaluate(() => document.querySelector<HTMLElement>('nav a[href="/about"]')!.click())
    await expectText(page, 'h1', 'About')
    await expect.poll(() => page.evaluate(() => window.scrollY)).toBe(0)
    await page.goBack()
    await expectText(page, 'h1', 'Post first')
    await expect.poll(() => page.evaluate(() => window.scrollY)).toBe(1_000)
    await page.goForward()
    await expectText(page, 'h1', 'About')
    expect(documents).toHaveLength(1)
  })

  test('the hooks tell where the browser is', async () => {
    const { page } = await visit(app(), '/blog')
    const where = async () => JSON.parse((await page.textContent('#where'))!) as unknown
    expect(await where()).toEqual({
      segment: null,
      segments: [],
      pathname: '/blog',
      tab: null,
      params: {},
    })
    await page.click('nav a[href="/blog/second?tab=comments"]')
    await expectText(page, 'h1', 'Post second')
    expect(await where()).toEqual({
      segment: 'second',
      segments: ['second'],
      pathname: '/blog/second',
      tab: 'comments',
      params: { slug: 'second' },
    })
    expect(await page.textContent('#search')).toBe('{"tab":"comments"}')
  })

  test('useRouter pushes, replaces, goes back and refreshes', async () => {
    const { page, documents } = await visit(app(), '/blog')
    const length = await page.evaluate(() => history.length)
    await page.click('#push')
    await expectText(page, 'h1', 'Post pushed')
    await page.click('#replace')
    await expectText(page, 'h1', 'Post replaced')
    expect(await page.evaluate(() => history.length)).toBe(length + 1)
    await page.click('#back')
    await expectText(page, 'h1', 'Blog')
    const renders = Number(await page.textContent('#renders'))
    await page.click('#refresh')
    await expectText(page, '#renders', String(renders + 1))
    expect(documents).toHaveLength(1)
  })

  test('metadata comes from the deepest file that gives it, in HTML and after a link', async () => {
    const html = await (await app().fetch('/blog/first')).text()
    expect(html).toContain('<title>first | Blog</title>')
    expect(html).toContain('<meta name="description" content="Every kind of route file"/>')
    expect(html).toContain('property="og:title" content="Shared first"')
    const { page } = await visit(app(), '/')
    expect(await page.title()).toBe('Routing')
    await page.click('nav a[href="/blog"]')
    await expect.poll(() => page.title()).toBe('Blog | Routing')
    await page.click('nav a[href="/blog/first"]')
    await expect.poll(() => page.title()).toBe('first | Blog')
    expect(await page.locator('title').count()).toBe(1)
  })

  test('loading shows while a page is made, from a link and in the first HTML', async () => {
    const { page } = await visit(app(), '/')
    await page.click('nav a[href="/slow"]')
    await expectText(page, '#loading', 'Loading…')
    await expectText(page, 'h1', 'Slow')
    await expectText(page, '#inner-loading', 'inner')
    await expectText(page, '#later', 'later')
    const html = await (await app().fetch('/slow')).text()
    expect(html.indexOf('Loading…')).toBeLessThan(html.indexOf('<h1>Slow'))
    expect(html.indexOf('Loading…')).toBeGreaterThan(-1)
  })

  test('what is ready in time is never hidden behind its loading, however long it is', async () => {
    const { page } = await visit(app(), '/quick', { javaScript: false })
    expect(await page.locator('h1').isVisible()).toBe(true)
    expect(await page.locator('#loading, [hidden]').count()).toBe(0)
  })

  test.for([true, false])(
    'an error of a page shows the boundary with status 500; JavaScript: %s',
    async (javaScript) => {
      await mend(true)
      const { page } = await visit(app(), '/', { javaScript, problems: 'expected' })
      const response = await page.goto('/broken')
      expect(response!.status()).toBe(500)
      await expectText(page, '#boundary', 'broken boundary')
      if (mode === 'start') expect(await response!.text()).not.toContain('canary')
      expect(await page.textContent('#digest')).not.toBe('')
    },
  )

  test('reset() renders the page again', async () => {
    await mend(true)
    const { page } = await visit(app(), '/', { problems: 'expected' })
    await page.click('#root-count')
    await page.click('nav a[href="/broken"]')
    await expectText(page, '#boundary', 'broken boundary')
    await mend(false)
    await closeOverlay(page)
    await page.click('#reset')
    await expectText(page, 'h1', 'Mended')
    expect(await page.textContent('#root-count')).toBe('1')
    await mend(true)
  })

  test('an error that no boundary takes shows global-error with status 500', async () => {
    const { page } = await visit(app(), '/', { problems: 'expected' })
    const response = await page.goto('/unguarded')
    expect(response!.status()).toBe(500)
    await expectText(page, '#boundary', 'global error')
    if (mode === 'start') expect(await response!.text()).not.toContain('canary')
  })

  const statuses = { missing: 404, forbidden: 403, unauthorized: 401 }
  const texts = { missing: 'not-found', forbidden: 'forbidden', unauthorized: 'unauthorized' }
  test.for(Object.entries(statuses))(
    'a page that is %s has status %i and its boundary inside its layout',
    async ([kind, status]) => {
      const { page } = await visit(app(), `/boundaries/${kind}`, { javaScript: false })
      const text = `${texts[kind as keyof typeof texts]} here`
      expect(await page.textContent('#boundaries #boundary')).toBe(text)
      expect((await app().fetch(`/boundaries/${kind}`)).status).toBe(status)
    },
  )

  test('a boundary also answers for a page that a link leads to', async () => {
    const { page, documents } = await visit(app(), '/')
    await page.click('nav a[href="/boundaries/missing"]')
    await expectText(page, '#boundary', 'not-found here')
    expect(documents).toHaveLength(1)
    await page.click('nav a[href="/about"]')
    await expectText(page, 'h1', 'About')
  })

  test('redirect() of a page is 303, permanentRedirect() 308, and a link follows them', async () => {
    const moved = await app().fetch('/boundaries/moved')
    expect([moved.status, moved.headers.get('location')]).toEqual([303, '/about'])
    const permanent = await app().fetch('/boundaries/moved-for-good')
    expect([permanent.status, permanent.headers.get('location')]).toEqual([308, '/about'])
  })

  test('an unknown path is the root’s not-found with status 404', async () => {
    const { page } = await visit(app(), '/no/such/page', { javaScript: false })
    expect(await page.textContent('#boundary')).toBe('root not found')
    expect((await app().fetch('/no/such/page')).status).toBe(404)
  })

  test('a template is made anew for each page', async () => {
    const { page } = await visit(app(), '/templated/one')
    await page.click('#root-count')
    await page.click('#template-count')
    await page.click('nav a[href="/templated/two"]')
    await expectText(page, '#template h1', 'Templated two')
    expect(await page.textContent('#template-count')).toBe('0')
    expect(await page.textContent('#root-count')).toBe('1')
  })

  test('a group is in no URL, but its layout is around its pages', async () => {
    const { page } = await visit(app(), '/about', { javaScript: false })
    expect(await page.textContent('#marketing h1')).toBe('About')
    expect((await app().fetch('/marketing/about')).status).toBe(404)
  })

  test('CSS files and CSS modules style the page before any script has run', async () => {
    const { page } = await visit(app(), '/styled', { javaScript: false })
    const colorOf = (selector: string, property: string) =>
      page.evaluate(
        ([where, what]) =>
          getComputedStyle(document.querySelector(where!)!).getPropertyValue(what!),
        [selector, property],
      )
    expect(await colorOf('body', 'background-color')).toBe('rgb(1, 2, 3)')
    expect(await colorOf('h1', 'color')).toBe('rgb(10, 20, 30)')
    expect(await colorOf('#boxed', 'color')).toBe('rgb(40, 50, 60)')
  })

  test('the styles of a page that a link leads to are there when it appears', async () => {
    const { page } = await visit(app(), '/')
    await page.click('nav a[href="/styled"]')
    await expectText(page, 'h1', 'Styled')
    const color = await page.evaluate(() => getComputedStyle(document.querySelector('h1')!).color)
    expect(color).toBe('rgb(10, 20, 30)')
  })

  test('a route handler answers its methods and 405 to the others', async () => {
    const got = await app().fetch('/api/7?q=x')
    expect(await got.json()).toEqual({ id: '7', q: 'x' })
    const posted = await app().fetch('/api/7', { method: 'POST', body: 'text' })
    expect([posted.status, await posted.text()]).toEqual([201, '7 got text'])
    expect(posted.headers.getSetCookie()).toEqual([expect.stringMatching(/^posted=7; Path=\//i)])
    const deleted = await app().fetch('/api/7', { method: 'DELETE' })
    expect([deleted.status, deleted.headers.get('location')]).toEqual([303, '/about'])
    const head = await app().fetch('/api/7', { method: 'HEAD' })
    expect([head.status, await head.text()]).toEqual([200, ''])
    expect((await app().fetch('/api/7', { method: 'PUT' })).status).toBe(405)
  })

  // In development OPTIONS is answered by Vite, before anything of ours sees it.
  test.skipIf(mode === 'dev')('a route handler says which methods it has', async () => {
    const { status, headers } = await app().fetch('/api/7', { method: 'OPTIONS' })
    expect(status).toBe(204)
    expect(headers.get('allow')!.split(', ')).toEqual(
      expect.arrayContaining(['GET', 'HEAD', 'POST', 'DELETE']),
    )
  })

  test('files of public are served as they are, hidden ones are not', async () => {
    const hello = await app().fetch('/hello.txt')
    expect(await hello.text()).toBe('hello from public\n')
    expect(hello.headers.get('content-type')).toMatch(/^text\/plain/)
    expect(await (await app().fetch('/nested/data.json')).json()).toEqual({ nested: true })
    if (mode === 'start') {
      expect((await app().fetch('/.hidden')).status).toBe(404)
    }
  })

  const strange = ['/%', '/%ff', '/a%2fb', '/a%5cb', '//evil.example', '/blog//first', '/..%2f..']
  test.for(strange)('the path %s is no page and no redirect to elsewhere', async (target) => {
    const host = `host: localhost:${app().port}`
    const answer = await rawRequest(app().port, [requestText(`GET ${target}`, [host])])
    expect([400, 404]).toContain(answer.status)
  })

  test('HTML and payload have different URLs, and a payload names its type', async () => {
    const html = await app().fetch('/blog')
    const payload = await app().fetch('/-/payload/blog')
    expect(html.headers.get('content-type')).toMatch(/^text\/html/)
    expect(payload.headers.get('content-type')).toMatch(/^text\/x-component/)
    await Promise.all([html.text(), payload.text()])
  })

  test.skipIf(mode === 'dev')('pages, payloads and scripts are compressed', async () => {
    const html = await app().fetch('/blog', { headers: { 'accept-encoding': 'gzip' } })
    expect(html.headers.get('content-encoding')).toBe('gzip')
    const script = /src="([^"]+\.js)"|import\("([^"]+\.js)"\)/.exec(await html.text())!
    const code = await app().fetch((script[1] ?? script[2])!, {
      headers: { 'accept-encoding': 'gzip' },
    })
    expect(code.headers.get('content-encoding')).toBe('gzip')
    expect(code.headers.get('cache-control')).toContain('immutable')
    await code.text()
  })

  async function mend(broken: boolean): Promise<void> {
    await app().fetch('/broken/mend', { method: 'POST', body: JSON.stringify(broken) })
  }
})

/** Scrolls, and waits until the page has been told so. */
async function scrollTo(page: Page, top: number): Promise<void> {
  await page.evaluate(
    (position) =>
      new Promise((resolve) => {
        addEventListener('scroll', resolve, { once: true })
        window.scrollTo(0, position)
      }),
    top,
  )
}
