import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { modes } from '../support/app.ts'
import { useApp } from '../support/shared-app.ts'
import { expectText, hydrated, visit } from '../support/visit.ts'

describe.for(modes)('in %s', (mode) => {
  const app = useApp('intercepting-app', mode)

  /** The titles of the page and of what is over it. */
  const titles = (page: Page): Promise<string[]> => page.locator('h1, h2').allTextContents()

  const expectTitles = (page: Page, ...expected: string[]): Promise<unknown> =>
    expect.poll(() => titles(page)).toEqual(expected)

  const goTo = (page: Page, target: string): Promise<void> => page.click(`nav a[href="${target}"]`)

  const pathOf = (page: Page): string => new URL(page.url()).pathname

  /** Without the client modules that a page is the first to need. */
  const ofPages = (requests: string[]): string[] =>
    requests.filter((line) => /^POST|^GET \/-\/payload/.test(line))

  const countIn = async (page: Page, id: string): Promise<number> =>
    Number((await page.textContent(`#${id}`))!.split(' ')[0])

  test.for([
    ['/en/feed', ['Feed en']],
    ['/en/photo/1', ['Photo en 1 in full']],
    ['/login', ['Log in']],
    ['/docs/a/b', ['Docs a+b']],
    ['/shelf/deep', ['Deep']],
  ] as [string, string[]][])(
    'a document of %s shows the page itself',
    async ([target, expected]) => {
      const { page } = await visit(app(), target, { javaScript: false })
      expect(await titles(page)).toEqual(expected)
    },
  )

  test('a link opens the page over the one that is there, and a reload shows all of it', async () => {
    const { page, documents } = await visit(app(), '/en/feed')
    await page.click('#layout-count')
    await page.click('#page-count')
    await goTo(page, '/en/photo/1')
    await expectTitles(page, 'Feed en', 'Photo en 1')
    expect([pathOf(page), await page.title()]).toEqual(['/en/photo/1', 'Photo 1'])
    for (const id of ['layout-count', 'page-count']) expect(await countIn(page, id)).toBe(1)
    await page.click('#modal-count')
    await expectText(page, '#modal-count', '1')
    expect(documents).toEqual(['GET /en/feed'])
    await page.reload()
    expect(await titles(page)).toEqual(['Photo en 1 in full'])
  })

  test('Back closes it, Forward opens it again, and router.back() closes it', async () => {
    const { page, documents, during } = await visit(app(), '/en/feed')
    await page.click('#page-count')
    await page.click('#push')
    await expectTitles(page, 'Feed en', 'Photo en 1')
    const asked = await during(async () => {
      await page.goBack()
      await expectTitles(page, 'Feed en')
      expect(await page.title()).toBe('Feed')
      await page.goForward()
      await expectTitles(page, 'Feed en', 'Photo en 1')
      await page.click('#close')
      await expectTitles(page, 'Feed en')
    })
    expect(pathOf(page)).toBe('/en/feed')
    expect(await countIn(page, 'page-count')).toBe(1)
    expect([ofPages(asked), documents]).toEqual([[], ['GET /en/feed']])
  })

  test('within it a link goes to the next one, and Back to the one before', async () => {
    const { page } = await visit(app(), '/en/feed')
    await goTo(page, '/en/photo/1')
    await expectTitles(page, 'Feed en', 'Photo en 1')
    await goTo(page, '/en/photo/2')
    await expectTitles(page, 'Feed en', 'Photo en 2')
    await page.goBack()
    await expectTitles(page, 'Feed en', 'Photo en 1')
    await page.goBack()
    await expectTitles(page, 'Feed en')
  })

  test.for(['#add', '#call'])(
    'on an intercepted route a call renders all again and the modal stays; after a reload the page’s own works (99, 100): %s',
    async (control) => {
      const { page, during, documents } = await visit(app(), '/en/feed')
      await page.click('#page-count')
      await goTo(page, '/en/photo/1')
      await expectTitles(page, 'Feed en', 'Photo en 1')
      const before = await countIn(page, 'of-modal')
      const asked = await during(async () => {
        await page.click(control)
        await expectText(page, '#of-modal', `${before + 1} ${before + 1}`)
      })
      expect(ofPages(asked)).toEqual(['POST /en/photo/1'])
      expect(await page.textContent('#of-feed')).toBe(`${before + 1} ${before + 1}`)
      expect(await countIn(page, 'page-count')).toBe(1)
      await expectTitles(page, 'Feed en', 'Photo en 1')
      expect([pathOf(page), documents]).toEqual(['/en/photo/1', ['GET /en/feed']])
      await page.reload()
      await hydrated(page)
      await page.click(control)
      await expectText(page, '#of-photo', `${before + 2} ${before + 2}`)
      expect(await titles(page)).toEqual(['Photo en 1 in full'])
    },
  )

  test('a call without UI leaves all as it is (100)', async () => {
    const { page } = await visit(app(), '/en/feed')
    await goTo(page, '/en/photo/1')
    await expectTitles(page, 'Feed en', 'Photo en 1')
    await page.click('#ask')
    await expect.poll(() => page.textContent('#told')).toMatch(/^told \d+$/)
    expect(await titles(page)).toEqual(['Feed en', 'Photo en 1'])
  })

  test('after a call, too, Back closes it and Forward opens it again (100)', async () => {
    const { page, documents } = await visit(app(), '/en/feed')
    await goTo(page, '/en/photo/1')
    await expectTitles(page, 'Feed en', 'Photo en 1')
    const before = await countIn(page, 'of-modal')
    await page.click('#call')
    await expectText(page, '#of-modal', `${before + 1} ${before + 1}`)
    await page.click('#refresh')
    await page.click('#close')
    await expectTitles(page, 'Feed en')
    await expectText(page, '#of-feed', `${before + 1} ${before + 1}`)
    await page.click('#refresh')
    await page.goForward()
    await expectTitles(page, 'Feed en', 'Photo en 1')
    expect(documents).toEqual(['GET /en/feed'])
  })

  test('router.refresh() keeps it open, and keeps the full page full', async () => {
    const { page } = await visit(app(), '/en/feed')
    await goTo(page, '/en/photo/1')
    await expectTitles(page, 'Feed en', 'Photo en 1')
    const before = await countIn(page, 'of-modal')
    const other = await visit(app(), '/en/photo/1')
    await other.page.click('#call')
    await expectText(other.page, '#of-photo', `${before + 1} ${before + 1}`)
    await page.click('#refresh')
    await expectText(page, '#of-modal', `${before + 1} ${before + 1}`)
    await expectText(page, '#of-feed', `${before + 1} ${before + 1}`)
    expect(await titles(page)).toEqual(['Feed en', 'Photo en 1'])
    const asked = await other.during(() => other.page.click('#refresh'))
    expect(ofPages(asked)).toHaveLength(1)
    expect(await titles(other.page)).toEqual(['Photo en 1 in full'])
  })

  test('from other pages the same link shows the page itself', async () => {
    const { page } = await visit(app(), '/en/feed/hot')
    await goTo(page, '/en/photo/2')
    await expectTitles(page, 'Hot', 'Photo en 2')
    await page.goBack()
    await expectTitles(page, 'Hot')
    await goTo(page, '/')
    await expectTitles(page, 'Home')
    await goTo(page, '/en/photo/2')
    await expectTitles(page, 'Photo en 2 in full')
  })

  test('what was fetched ahead on the feed is not used on another page', async () => {
    const { page, during } = await visit(app(), '/en/feed')
    const asked = await during(() => page.hover('nav a[href="/en/photo/1"]'))
    expect(ofPages(asked)).toEqual(['GET /-/payload/en/photo/1'])
    const opened = await during(async () => {
      await goTo(page, '/en/photo/1')
      await expectTitles(page, 'Feed en', 'Photo en 1')
    })
    expect(ofPages(opened)).toEqual([])
    await page.goBack()
    await expectTitles(page, 'Feed en')
    await page.hover('nav a[href="/en/photo/2"]')
    await goTo(page, '/')
    await expectTitles(page, 'Home')
    await goTo(page, '/en/photo/2')
    await expectTitles(page, 'Photo en 2 in full')
  })

  test('each entry of the history shows its own version of an address', async () => {
    const { page, documents } = await visit(app(), '/en/photo/1')
    await goTo(page, '/en/feed')
    await expectTitles(page, 'Feed en')
    await goTo(page, '/en/photo/1')
    await expectTitles(page, 'Feed en', 'Photo en 1')
    await page.goBack()
    await expectTitles(page, 'Feed en')
    await page.goBack()
    await expectTitles(page, 'Photo en 1 in full')
    await page.goForward()
    await page.goForward()
    await expectTitles(page, 'Feed en', 'Photo en 1')
    expect(documents).toEqual(['GET /en/photo/1'])
  })

  test('after a reload Back leads to the page below, and Forward to the full page', async () => {
    const { page } = await visit(app(), '/en/feed')
    await goTo(page, '/en/photo/1')
    await expectTitles(page, 'Feed en', 'Photo en 1')
    await page.reload()
    await hydrated(page)
    await page.goBack()
    await expectTitles(page, 'Feed en')
    await page.goForward()
    await expectTitles(page, 'Photo en 1 in full')
  })

  test('under a locale each one has its own (255)', async () => {
    const { page } = await visit(app(), '/de/feed')
    await goTo(page, '/de/photo/1')
    await expectTitles(page, 'Feed de', 'Photo de 1')
    const before = await countIn(page, 'of-modal')
    await page.click('#call')
    await expectText(page, '#of-modal', `${before + 1} ${before + 1}`)
    expect(await titles(page)).toEqual(['Feed de', 'Photo de 1'])
    await goTo(page, '/en/photo/1')
    await expectTitles(page, 'Photo en 1 in full')
  })

  test('a redirect of a call opens its target over the page (130)', async () => {
    const { page, during } = await visit(app(), '/en/feed')
    await page.click('#layout-count')
    const asked = await during(async () => {
      await page.click('#open-second')
      await expectTitles(page, 'Feed en', 'Photo en 2')
    })
    expect(ofPages(asked)).toEqual(['POST /en/feed'])
    expect([pathOf(page), await countIn(page, 'layout-count')]).toEqual(['/en/photo/2', 1])
    await page.goBack()
    await expectTitles(page, 'Feed en')
  })

  test('a form without JavaScript posts to the full page', async () => {
    const { page } = await visit(app(), '/en/photo/1', { javaScript: false })
    const before = await countIn(page, 'of-photo')
    await page.click('#add')
    expect(await titles(page)).toEqual(['Photo en 1 in full'])
    expect(await countIn(page, 'of-photo')).toBe(before + 1)
  })

  test('the hooks tell the address, and what is over the page', async () => {
    const { page } = await visit(app(), '/en/feed')
    await goTo(page, '/en/photo/1')
    await expectTitles(page, 'Feed en', 'Photo en 1')
    expect(JSON.parse((await page.textContent('#where'))!)).toEqual({
      path: '/en/photo/1',
      children: null,
      modal: ['(..)photo', '1'],
      params: { locale: 'en', id: '1' },
    })
  })

  test('without a slot it takes the place of the page, below its layout', async () => {
    const { page } = await visit(app(), '/shelf')
    await goTo(page, '/docs/a/b')
    await expectText(page, '#shelf', 'Docs a+b on the shelf')
    expect(await titles(page)).toEqual(['Docs a+b on the shelf'])
    await page.goBack()
    await expectTitles(page, 'Shelf')
    await page.goForward()
    await expectTitles(page, 'Docs a+b on the shelf')
    await page.reload()
    expect(await titles(page)).toEqual(['Docs a+b'])
  })

  test('the closest directory intercepts, from any level', async () => {
    const { page } = await visit(app(), '/')
    await goTo(page, '/login')
    await expectTitles(page, 'Home', 'Log in over the page')
    await page.goBack()
    await expectTitles(page, 'Home')
    await goTo(page, '/shelf/deep')
    await expectTitles(page, 'Deep')
    await goTo(page, '/login')
    await expectTitles(page, 'Deep', 'Log in at the side')
    await goTo(page, '/about')
    await expectTitles(page, 'Deep', 'About at the side')
  })
})
