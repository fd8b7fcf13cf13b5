import { describe, expect, test } from 'vitest'
import { modes, type App } from '../support/app.ts'
import { useApp } from '../support/shared-app.ts'
import { expectText, hydrated, visit } from '../support/visit.ts'

type Stats = { running: number; most: number; finished: number }

describe.for(modes)('in %s', (mode) => {
  const app = useApp('calls-app', mode)

  test('of ten calls at once the server sees at least five at the same time', async () => {
    await stats(app(), '?reset')
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
    await stats(app(), '?reset')
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
    await stats(app(), '?reset')
    const { page } = await visit(app(), '/')
    await page.click('#ten')
    await expectText(page, '#results', '0,1,2,3,4,5,6,7,8,9')
    expect((await stats(app())).most).toBe(5)
  })

  test('an older answer never replaces newer UI; both values arrive', async () => {
    const { page } = await visit(app(), '/versions')
    const version = Number(await page.textContent('#version'))
    await page.evaluate(() => {
      const shown: string[] = []
      const note = () => shown.push(document.querySelector('#version')?.textContent ?? '')
      new MutationObserver(note).observe(document.body, {
        subtree: true,
        childList: true,
        characterData: true,
      })
      Object.assign(window, { shown })
    })
    await stats(app(), '?hold=1')
    await page.click('#advance')
    await expect
      .poll(async () => ((await stats(app())) as Stats & { version: number }).version)
      .toBe(version + 1)
    await page.click('#advance')
    await expectText(page, '#version', String(version + 2))
    await stats(app(), '?release')
    await expectText(page, '#settled', '2')
    const shown = await page.evaluate(() => (window as unknown as { shown: string[] }).shown)
    expect(shown).toContain(String(version + 2))
    expect(shown).not.toContain(String(version + 1))
  })

  test('pages stay usable after all of that', async () => {
    const { page } = await visit(app(), '/other')
    await page.click('#to-home')
    await expectText(page, 'h1', 'Calls')
    await hydrated(page)
  })
})

/** Reads the server's counters; with a query it changes them first. */
async function stats(app: App, query = ''): Promise<Stats> {
  const response = await app.fetch(`/stats${query}`, { method: query ? 'POST' : 'GET' })
  return (await response.json()) as Stats
}
