import { describe, expect, test } from 'vitest'
import { modes } from '../support/app.ts'
import { useApp } from '../support/shared-app.ts'
import { expectText, visit } from '../support/visit.ts'

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

  test('to something that is no page is a navigation of the browser (119)', async () => {
    const { page } = await visit(app(), '/redirects')
    await page.click('#handler')
    await page.waitForURL('**/counters')
    expect(await page.textContent('body')).toMatch(/^\{/)
  })

  test('keeps code after the await from running (112)', async () => {
    const { page } = await visit(app(), '/redirects')
    await page.click('#awaited')
    await expectText(page, '#at', 'awaited')
    expect(await page.evaluate(() => (window as { ranAfter?: string }).ranAfter)).toBeUndefined()
  })

  test('rejects the awaited promise; thrown again, it is followed (112)', async () => {
    const { page } = await visit(app(), '/redirects')
    await page.click('#caught')
    await expectText(page, '#at', 'caught')
    expect(await page.evaluate(() => (window as { ranAfter?: string }).ranAfter)).toBe('rejected')
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
