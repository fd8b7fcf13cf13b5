import type { Request } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { modes } from '../support/app.ts'
import { useApp } from '../support/shared-app.ts'
import { expectText, visit } from '../support/visit.ts'

declare global {
  interface Window {
    /** What the page notes about a call that it awaited. */
    ranAfter?: string
  }
}

describe.for(modes)('in %s, redirect() in a server function', (mode) => {
  const app = useApp('docs-app', mode)

  test('shows the target with its URL and query from the answer of the call (105, 113)', async () => {
    const { page, documents, during } = await visit(app(), '/redirects')
    const requests = await during(async () => {
      await page.click('#path')
      await expectText(page, '#at', 'target')
    })
    expect(page.url()).toBe(`${app().origin}/redirects/at/target?q=1`)
    expect(await page.textContent('#q')).toBe('1')
    expect(requests).toEqual(['POST /redirects'])
    expect(documents).toEqual(['GET /redirects'])
  })

  test('adds to the history, so that Back returns to the form (106)', async () => {
    const { page } = await visit(app(), '/redirects')
    const before = await page.evaluate(() => history.length)
    await page.click('#path')
    await expectText(page, '#at', 'target')
    expect(await page.evaluate(() => history.length)).toBe(before + 1)
    await page.goBack()
    await expectText(page, 'h1', 'Redirects')
    expect(new URL(page.url()).pathname).toBe('/redirects')
  })

  test('of type replace leaves the history as long as it was (107)', async () => {
    const { page } = await visit(app(), '/redirects')
    const before = await page.evaluate(() => history.length)
    await page.click('#replace')
    await expectText(page, '#at', 'replaced')
    expect(await page.evaluate(() => history.length)).toBe(before)
  })

  test('to an absolute URL of this origin is as good as a path (108)', async () => {
    const { page, documents, during } = await visit(app(), '/redirects/absolute')
    const requests = await during(async () => {
      await page.click('#absolute')
      await expectText(page, '#at', 'absolute')
    })
    expect(page.url()).toBe(`${app().origin}/redirects/at/absolute?q=2`)
    expect(requests).toEqual(['POST /redirects/absolute'])
    expect(documents).toHaveLength(1)
  })

  const relative = { './x': 'a/b/x', '../x': 'a/x', '../../x': 'x' }
  test.for(Object.entries(relative).map(([to, at], index) => ({ to, at, index })))(
    'to $to resolves against the URL of the page (109)',
    async ({ at, index }) => {
      const { page, documents } = await visit(app(), '/redirects/at/a/b/c')
      await page.click(`#relative-${index}`)
      await expectText(page, '#at', at)
      expect(new URL(page.url()).pathname).toBe(`/redirects/at/${at}`)
      expect(documents).toHaveLength(1)
    },
  )

  test('to another site is a navigation of the browser (110)', async () => {
    // The same app by another name is another origin.
    const external = `http://127.0.0.1:${app().port}/counters`
    const { page, documents } = await visit(app(), `/redirects?external=${external}`)
    await page.route(external, (route) => route.fulfill({ body: 'elsewhere' }))
    await page.click('#external')
    await page.waitForURL(external)
    expect(documents).toHaveLength(2)
  })

  test('to another site rejects the awaited promise while the browser leaves (111)', async () => {
    const external = `http://127.0.0.1:${app().port}/counters`
    const { page } = await visit(app(), `/redirects?external=${external}`)
    await page.route(external, (route) => route.fulfill({ body: 'there' }))
    const said = page.waitForEvent('console', (message) =>
      ['ran', 'rejected'].includes(message.text()),
    )
    await page.click('#awaited-external')
    expect((await said).text()).toBe('rejected')
    await page.waitForURL(external)
  })

  test('to something that has no payload is a navigation of the browser (119, 286)', async () => {
    const { page } = await visit(app(), '/redirects')
    await page.click('#handler')
    await page.waitForURL('**/counters')
    expect(await page.textContent('body')).toMatch(/^\{/)
  })

  test('is followed by requests that carry nothing of the call (122)', async () => {
    const { page } = await visit(app(), '/redirects')
    const asked: Promise<string>[] = []
    page.on('request', (request) => asked.push(describeRequest(request)))
    await page.click('#handler')
    await page.waitForURL('**/counters')
    const lines = (await Promise.all(asked)).filter((line) => !line.includes('favicon'))
    expect(lines).toEqual(['POST /redirects call', 'GET /counters'])
  })

  test.for([true, false])(
    'to a page that redirects ends where that one leads; JavaScript: %s (120)',
    async (javaScript) => {
      const { page } = await visit(app(), '/redirects', { javaScript })
      await page.click('#onwards')
      await expectText(page, '#at', 'onwards')
      expect(page.url()).toBe(`${app().origin}/redirects/at/onwards?q=1`)
      expect(await page.textContent('#q')).toBe('1')
    },
  )

  test.for([true, false])(
    'to a page that is not there shows its not-found file; JavaScript: %s (127)',
    async (javaScript) => {
      const { page } = await visit(app(), '/redirects', { javaScript })
      await page.click('#missing')
      await expectText(page, '#boundary', 'not here')
      expect(new URL(page.url()).pathname).toBe('/redirects/missing')
    },
  )

  test.for([true, false])(
    'keeps semicolons and letters of any script; JavaScript: %s (132)',
    async (javaScript) => {
      const { page } = await visit(app(), '/redirects', { javaScript })
      await page.click('#special')
      await expectText(page, '#at', 'a;b/名')
      expect(await page.textContent('#q')).toBe('x;ü')
      expect(decodeURI(new URL(page.url()).pathname)).toBe('/redirects/at/a;b/名')
    },
  )

  test('to its own page makes the form as it was at first: state and fields (118)', async () => {
    const { page } = await visit(app(), '/redirects/again')
    await page.fill('input[name=name]', 'wrong')
    await page.click('#guess')
    await expectText(page, '#wrong', 'not wrong ')
    await page.fill('input[name=name]', 'right')
    await page.click('#guess')
    await expectText(page, '#wrong', '')
    expect(await page.inputValue('input[name=name]')).toBe('')
  })

  test('inside of a try goes on to the catch, which may throw it again (125)', async () => {
    const { page } = await visit(app(), '/redirects')
    await page.click('#swallowed')
    await expect.poll(() => page.evaluate(() => window.ranAfter)).toBe('swallowed')
    expect(new URL(page.url()).pathname).toBe('/redirects')
    await page.click('#passed')
    await expectText(page, '#at', 'passed')
  })

  test('keeps code after the await from running (112)', async () => {
    const { page } = await visit(app(), '/redirects')
    await page.click('#awaited')
    await expectText(page, '#at', 'awaited')
    expect(await page.evaluate(() => window.ranAfter)).toBeUndefined()
  })

  test('rejects the awaited promise; thrown again, it is followed (112)', async () => {
    const { page } = await visit(app(), '/redirects')
    await page.click('#caught')
    await expectText(page, '#at', 'caught')
    expect(await page.evaluate(() => window.ranAfter)).toBe('rejected')
  })

  test('shows the target with the cookie that was set or deleted before (114)', async () => {
    const { page, context } = await visit(app(), '/redirects')
    await page.click('#login')
    await expectText(page, '#who', 'ada')
    expect(await page.evaluate(() => document.cookie)).toContain('who=ada')
    await page.goto('/redirects')
    await page.click('#logout')
    await expectText(page, '#who', 'nobody')
    expect(await context.cookies()).toEqual([])
  })

  test.for(['path', 'permanent'])(
    'without JavaScript is a 303 with Location: %s (115, 126)',
    async (button) => {
      const { page } = await visit(app(), '/redirects', { javaScript: false })
      const answered = page.waitForResponse((response) => response.request().method() === 'POST')
      await page.click(`#${button}`)
      const response = await answered
      expect(response.status()).toBe(303)
      const target = button === 'path' ? '/redirects/at/target?q=1' : '/redirects/at/permanent'
      expect(response.headers()['location']).toBe(target)
      await page.waitForURL(app().origin + target)
    },
  )

  test('without JavaScript sends the cookies with the 303 (115)', async () => {
    const { page } = await visit(app(), '/redirects', { javaScript: false })
    const answered = page.waitForResponse((response) => response.request().method() === 'POST')
    await page.click('#login')
    expect((await (await answered).allHeaders())['set-cookie']).toMatch(/^who=ada; Path=\//i)
    await expectText(page, '#who', 'ada')
  })

  test('after revalidating shows fresh data, there and on pages visited before (116)', async () => {
    const { page, documents } = await visit(app(), '/redirects/items')
    const count = Number(await page.textContent('#count'))
    await page.click('#total')
    await expectText(page, '#total-count', String(count))
    await page.click('#back-to-items')
    await page.click('#new')
    const item = `fresh-${mode}`
    await page.fill('form:has(#add) input[name=item]', item)
    await page.click('#add')
    await page.waitForSelector(`#items [data-item="${item}"]`)
    expect(new URL(page.url()).pathname).toBe('/redirects/items')
    // Back over the form and the list to a page that was seen before the change.
    await page.goBack()
    await page.waitForSelector('#add')
    await page.goBack()
    await page.waitForSelector(`#items [data-item="${item}"]`)
    await page.goBack()
    await expectText(page, '#total-count', String(count + 1))
    expect(documents).toHaveLength(1)
  })

  test('to the same page with another query shows both new (117)', async () => {
    const { page, documents, during } = await visit(app(), '/redirects/items')
    const item = `filtered-${mode}`
    const requests = await during(async () => {
      await page.fill('#filter input[name=item]', item)
      await page.click('#filter button')
      await page.waitForURL(`**/redirects/items?only=${item}`)
      await expectText(page, '#items', item)
    })
    expect(requests).toEqual(['POST /redirects/items'])
    expect(documents).toHaveLength(1)
  })

  test('after revalidating brings the target whole, with the layout that it shares (285)', async () => {
    const { page, documents, during } = await visit(app(), '/shelf/a/one')
    const books = Number(await page.textContent('#total'))
    const requests = await during(async () => {
      await page.click('#leave')
      await expectText(page, 'h1', 'b > three')
    })
    expect(await page.textContent('#total')).toBe(String(books + 1))
    expect(await page.textContent('#books')).toBe(String(books + 1))
    expect(requests).toEqual(['POST /shelf/a/one'])
    expect(documents).toHaveLength(1)
  })

  test('to a page that was seen as a redirect lands on that page (288)', async () => {
    const { page } = await visit(app(), '/guarded')
    await expectText(page, 'h1', 'Door')
    await page.click('#inside')
    await expectText(page, 'h1', 'Door')
    await page.click('#grant')
    await expectText(page, 'h1', 'Inside')
    expect(new URL(page.url()).pathname).toBe('/guarded')
    await page.click('#revoke')
    await expectText(page, 'h1', 'Door')
  })
})

describe.for(modes)('in %s, a route handler that answers the POST of a form', (mode) => {
  const app = useApp('docs-app', mode)

  test.for(['redirect', 'permanentRedirect'])(
    'by %s() leads to the target by GET (128)',
    async (how) => {
      const { page, documents } = await visit(app(), '/redirects')
      const answered = page.waitForResponse((response) => response.request().method() === 'POST')
      await page.click(`#handler-${how}`)
      expect((await answered).status()).toBe(303)
      await expectText(page, '#at', how)
      expect(documents.slice(1)).toEqual([
        `POST /redirects/handler/${how}`,
        `GET /redirects/at/${how}`,
      ])
    },
  )

  test.for(['307', '308'])('by %s has it repeated, and the page is rendered (129)', async (how) => {
    const { page, documents } = await visit(app(), '/redirects')
    await page.click(`#handler-${how}`)
    await expectText(page, '#at', how)
    expect(documents.slice(1)).toEqual([
      `POST /redirects/handler/${how}`,
      `POST /redirects/at/${how}`,
    ])
  })
})

/** `POST /path`, with the word `call` behind it if it names a server function. */
async function describeRequest(request: Request): Promise<string> {
  const { pathname } = new URL(request.url())
  const isCall = 'volley-call' in (await request.allHeaders())
  return `${request.method()} ${pathname}${isCall ? ' call' : ''}`
}
