import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { modes } from '../support/app.ts'
import { useApp } from '../support/shared-app.ts'
import { closeOverlay, expectText, visit } from '../support/visit.ts'

describe.for(modes)('in %s', (mode) => {
  const app = useApp('slots-app', mode)

  /** The titles of the page and of each slot. */
  const shown = (page: Page): Promise<string[]> => page.locator('h1, h2').allTextContents()

  const goTo = (page: Page, target: string): Promise<void> => page.click(`nav a[href="${target}"]`)

  const where = async (page: Page): Promise<unknown> =>
    JSON.parse((await page.textContent('#where')) ?? '')

  test.for([
    ['/', ['Home', 'Team']],
    ['/settings', ['Settings', 'Team settings']],
    ['/about', ['About', 'No team']],
    ['/login', ['Default', 'No team', 'Log in']],
    ['/members/7', ['Default', 'Member 7']],
    ['/slow', ['Slow', 'No team']],
  ] as [string, string[]][])('a document of %s shows %j', async ([target, titles]) => {
    const { page } = await visit(app(), target, { javaScript: false })
    expect(await shown(page)).toEqual(titles)
  })

  test('185: a slot keeps what it shows where the page has nothing for it, until a reload', async () => {
    const { page, documents } = await visit(app(), '/')
    await page.click('#team-count')
    await page.click('#page-count')
    await page.click('#root-count')
    await goTo(page, '/about')
    await expectText(page, 'h1', 'About')
    expect(await shown(page)).toEqual(['About', 'Team'])
    const counts = ['#root-count', '#team-count', '#page-count']
    for (const count of counts) expect(await page.textContent(count)).toBe('1')
    await goTo(page, '/settings')
    await expectText(page, 'h1', 'Settings')
    expect(await shown(page)).toEqual(['Settings', 'Team settings'])
    expect(await page.textContent('#team-count')).toBe('1')
    await goTo(page, '/about')
    await expectText(page, 'h1', 'About')
    expect(await shown(page)).toEqual(['About', 'Team settings'])
    expect(documents).toEqual(['GET /'])
    await page.reload()
    expect(await shown(page)).toEqual(['About', 'No team'])
  })

  test('a page that only a slot has opens over the page that is there', async () => {
    const { page, documents } = await visit(app(), '/about')
    await goTo(page, '/login')
    await expectText(page, '#modal h2', 'Log in')
    expect(await shown(page)).toEqual(['About', 'No team', 'Log in'])
    expect([new URL(page.url()).pathname, await page.title()]).toEqual(['/login', 'About'])
    await page.goBack()
    await expect.poll(() => shown(page)).toEqual(['About', 'No team'])
    await page.goForward()
    await expect.poll(() => shown(page)).toEqual(['About', 'No team', 'Log in'])
    expect(documents).toEqual(['GET /about'])
  })

  test('Back and Forward show each slot as it was', async () => {
    const { page } = await visit(app(), '/')
    await goTo(page, '/members/7')
    await expectText(page, '#team h2', 'Member 7')
    await goTo(page, '/about')
    await expectText(page, 'h1', 'About')
    expect(await shown(page)).toEqual(['About', 'Member 7'])
    await page.goBack()
    await expect.poll(() => shown(page)).toEqual(['Home', 'Member 7'])
    await page.goBack()
    await expect.poll(() => shown(page)).toEqual(['Home', 'Team'])
    await page.goForward()
    await page.goForward()
    await expect.poll(() => shown(page)).toEqual(['About', 'Member 7'])
  })

  test.for(['addByPath', 'addByTag', 'addByRefresh'])(
    '99, 185: %s renders all slots again, also those that the URL alone would not show',
    async (name) => {
      const { page, during } = await visit(app(), '/')
      await goTo(page, '/settings')
      await expectText(page, 'h1', 'Settings')
      await goTo(page, '/login')
      await expectText(page, '#modal h2', 'Log in')
      expect(await shown(page)).toEqual(['Settings', 'Team settings', 'Log in'])
      const count = async (by: string) => (await page.textContent(`#${by}`))!.split(' ').map(Number)
      const [, before = 0] = await count('of-settings')
      const asked = await during(async () => {
        await page.click(`#${name}`)
        await expectText(page, '#of-login', `of-login ${before + 1} ${await keptAfter(name)}`)
      })
      expect(asked).toEqual(['POST /login'])
      expect(await page.textContent('#of-settings')).toBe(
        (await page.textContent('#of-login'))!.replace('login', 'settings'),
      )
      expect(await shown(page)).toEqual(['Settings', 'Team settings', 'Log in'])

      /** `refresh()` leaves cached data as it is. */
      async function keptAfter(call: string): Promise<number> {
        return call === 'addByRefresh' ? (await count('of-settings'))[2]! : before + 1
      }
    },
  )

  test('291: router.refresh() renders slots again that the URL alone would not show', async () => {
    const { page } = await visit(app(), '/settings')
    await goTo(page, '/about')
    await expectText(page, 'h1', 'About')
    const other = await visit(app(), '/settings')
    const before = Number((await page.textContent('#of-settings'))!.split(' ')[1])
    await other.page.click('#addByTag')
    await expectText(other.page, '#of-settings', `of-settings ${before + 1} ${before + 1}`)
    await page.click('#refresh')
    await expectText(page, '#of-settings', `of-settings ${before + 1} ${before + 1}`)
    expect(await shown(page)).toEqual(['About', 'Team settings'])
  })

  test('130: a redirect of a call from a slot leads the whole page there', async () => {
    const { page, during } = await visit(app(), '/settings')
    await goTo(page, '/login')
    await expectText(page, '#modal h2', 'Log in')
    const asked = await during(async () => {
      await page.click('#log-in')
      await expectText(page, 'h1', 'About')
    })
    expect(asked).toEqual(['POST /login'])
    expect(new URL(page.url()).pathname).toBe('/about')
    // As with a link: both slots have nothing for the target.
    expect(await shown(page)).toEqual(['About', 'Team settings', 'Log in'])
  })

  test('a form in a slot works without JavaScript', async () => {
    const { page } = await visit(app(), '/settings', { javaScript: false })
    const before = Number((await page.textContent('#of-settings'))!.split(' ')[1])
    await page.click('#add')
    expect((await page.textContent('#of-settings'))!.split(' ')[1]).toBe(String(before + 1))
    expect(await shown(page)).toEqual(['Settings', 'Team settings'])
    await page.goto('/login')
    await page.click('#log-in')
    await expect.poll(() => shown(page)).toEqual(['About', 'No team'])
  })

  test('the hooks tell what each slot shows', async () => {
    const { page } = await visit(app(), '/members/7')
    const team = { team: ['members', '7'], params: { id: '7' } }
    expect(await where(page)).toEqual({ path: '/members/7', children: null, modal: null, ...team })
    await goTo(page, '/login')
    await expectText(page, '#modal h2', 'Log in')
    expect(await where(page)).toEqual({
      ...team,
      path: '/login',
      children: null,
      modal: 'login',
    })
  })

  test('a slow slot does not hold up the others', async () => {
    const { page } = await visit(app(), '/about')
    await page.goto('/slow', { waitUntil: 'commit' })
    await expectText(page, '#soon', 'soon')
    expect(await page.textContent('#late')).toContain('loading')
    await expectText(page, '#late', 'late')
  })

  test('an error in a slot is answered by its own boundary', async () => {
    const { page } = await visit(app(), '/broken', { problems: 'expected' })
    await closeOverlay(page)
    expect(await page.textContent('h1')).toBe('Broken')
    expect(await page.textContent('#sound')).toBe('sound')
    await expectText(page, '#unsound', 'failed')
    expect((await fetch(`${app().origin}/broken`)).status).toBe(500)
  })

  test('notFound() in a slot is answered there, with status 404', async () => {
    const { page } = await visit(app(), '/refusing')
    expect(await page.textContent('h1')).toBe('Refusing')
    expect(await page.textContent('#part')).toBe('no such part')
    expect((await fetch(`${app().origin}/refusing`)).status).toBe(404)
  })

  test('a slot without a default is 404 in a document, and stays in a navigation', async () => {
    expect((await fetch(`${app().origin}/strict/more`)).status).toBe(404)
    const { page, documents } = await visit(app(), '/strict')
    await goTo(page, '/strict/more')
    await expectText(page, 'h1', 'More')
    expect(await page.textContent('#part')).toBe('of strict')
    expect(documents).toEqual(['GET /strict'])
  })
})
