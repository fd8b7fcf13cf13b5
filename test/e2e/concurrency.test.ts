import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { modes, type App } from '../support/app.ts'
import { useApp } from '../support/shared-app.ts'
import { expectText, hydrated, visit } from '../support/visit.ts'

type Stats = { running: number; most: number; finished: number }

describe.for(modes)('in %s', (mode) => {
  const app = useApp('calls-app', mode)

  test('of ten calls at once the server sees at least five at the same time', async () => {
    await resetStats(app())
    const { page, requests } = await visit(app(), '/')
    await page.click('#ten')
    await expectText(page, '#results', '0,1,2,3,4,5,6,7,8,9')
    const { most } = await stats(app())
    expect(most).toBeGreaterThanOrEqual(5)
    expect(requests.filter((line) => line === 'POST /')).toHaveLength(10)
    // Two waves of 100 ms; one after another they would take a second.
    expect(Number(await page.textContent('#elapsed'))).toBeLessThan(700)
  })

  test('with a slow form action pending, a link shows the other page at once', async () => {
    const { page } = await visit(app(), '/')
    await page.click('#slow-form')
    await expectText(page, '#form-status', 'pending')
    const started = performance.now()
    await page.click('#to-other')
    await expectText(page, 'h1', 'Other')
    expect(performance.now() - started).toBeLessThan(1_000)
  })

  test('with a slow form action pending, another call’s region appears before it ends', async () => {
    const { page } = await visit(app(), '/')
    const count = Number(await page.textContent('#count'))
    await page.click('#slow-form')
    await expectText(page, '#form-status', 'pending')
    await page.click('#bump')
    await expectText(page, '#count', String(count + 1))
    expect(await page.textContent('#form-status')).toBe('pending')
    await expectText(page, '#form-status', 'idle')
    expect(await page.textContent('#count')).toBe(String(count + 1))
  })

  test('with twenty slow calls running a navigation starts at once', async () => {
    await resetStats(app())
    const { page } = await visit(app(), '/')
    await page.click('#twenty')
    await expect.poll(async () => (await stats(app())).running).toBeGreaterThanOrEqual(5)
    const started = performance.now()
    await page.click('#to-other')
    await expectText(page, 'h1', 'Other')
    expect(performance.now() - started).toBeLessThan(1_000)
    expect((await stats(app())).finished).toBeLessThan(20)
  })

  test('at most five calls of a tab are in flight', async () => {
    await resetStats(app())
    const { page } = await visit(app(), '/')
    await page.click('#ten')
    await expectText(page, '#results', '0,1,2,3,4,5,6,7,8,9')
    expect((await stats(app())).most).toBe(5)
  })

  test('an older answer never replaces newer UI; both values arrive', async () => {
    const { page } = await visit(app(), '/versions')
    const version = Number(await page.textContent('#version'))
    const shown = await noteTexts(page, '#version')
    // The answer of the first call is made first, and arrives last.
    const { promise: released, resolve: release } = Promise.withResolvers<void>()
    let answers = 0
    await page.route('**/versions', async (route) => {
      const response = await route.fetch()
      if (answers++ === 0) await released
      await route.fulfill({ response })
    })
    await page.click('#advance')
    await expect.poll(() => answers).toBe(1)
    await page.click('#advance')
    await expectText(page, '#version', String(version + 2))
    release()
    await expectText(page, '#settled', '2')
    expect(await shown()).toContain(String(version + 2))
    expect(await shown()).not.toContain(String(version + 1))
  })

  test('pages stay usable after all of that', async () => {
    const { page } = await visit(app(), '/other')
    await page.click('#to-home')
    await expectText(page, 'h1', 'Calls')
    await hydrated(page)
  })
})

/** Notes every text that an element shows from now on. */
async function noteTexts(page: Page, selector: string): Promise<() => Promise<string[]>> {
  await page.evaluate((where) => {
    const texts: string[] = []
    const note = () => texts.push(document.querySelector(where)?.textContent ?? '')
    const everything = { subtree: true, childList: true, characterData: true }
    new MutationObserver(note).observe(document.body, everything)
    Object.assign(window, { texts })
  }, selector)
  return () => page.evaluate(() => (window as unknown as { texts: string[] }).texts)
}

async function stats(app: App): Promise<Stats> {
  return (await (await app.fetch('/stats')).json()) as Stats
}

async function resetStats(app: App): Promise<void> {
  await app.fetch('/stats', { method: 'POST' })
}
