import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { expectAlive, useTarget } from '../support/attack.ts'
import { ownSpellings, refusedSpellings } from '../support/redirect-spellings.ts'
import { hydrated, visit, type Visit } from '../support/visit.ts'

const target = useTarget()

/** Follows the page, lets nothing out of its site, and tells what wanted to go. */
async function guarded(path: string): Promise<Visit & { left: string[] }> {
  const { app } = target()
  const visitor = await visit(app, path, { problems: 'expected' })
  const left: string[] = []
  await visitor.context.route('**/*', (route) => {
    const url = route.request().url()
    if (new URL(url).origin === app.origin) return route.continue()
    left.push(url)
    return route.abort()
  })
  visitor.page.on('dialog', (dialog) => {
    left.push(`dialog ${dialog.message()}`)
    void dialog.dismiss()
  })
  return { ...visitor, left }
}

/** Clicks, and waits until the attempt has ended in a text or in another document. */
async function attempt(page: Page, button: string, to: string): Promise<void> {
  await page.evaluate((text) => {
    const field = document.getElementById('to') as HTMLInputElement
    field.value = text
    Object.assign(window, { scripted: false })
  }, to)
  await page.click(button)
  const ended = () => document.getElementById('problem')?.textContent !== ''
  // A document that is being left cannot be asked any more.
  await page.waitForFunction(ended, null, { timeout: 5_000 }).catch(() => undefined)
}

const scripts = refusedSpellings.filter((spelling) => /^.?(j|d|vb)[a\sb]/i.test(spelling))

test.for(['#push', '#replace'])(
  '21: %s of the router runs no script, however its protocol is spelled',
  async (button) => {
    const { page, left } = await guarded('/leaving')
    expect(scripts.length).toBeGreaterThan(8)
    for (const spelling of scripts) {
      await attempt(page, button, spelling)
      expect(await page.textContent('#problem'), spelling).toMatch(/^TypeError/)
      expect(page.url()).toBe(`${target().app.origin}/leaving`)
      await page.reload()
      await page.waitForFunction(() => document.readyState === 'complete')
      await hydrated(page)
    }
    expect(left).toEqual([])
    await expectAlive(target().app)
  },
)

test('21: the browser follows no redirect of an answer to a script (131)', async () => {
  const { app } = target()
  for (const spelling of scripts) {
    const { page, context, left } = await guarded('/leaving')
    await context.route('**/leaving', async (route) => {
      if (route.request().method() !== 'POST') return route.fallback()
      const response = await route.fetch()
      const body = (await response.text()).replace(/"outcome":\{.*?\}/, () => {
        const outcome = { kind: 'redirect', to: spelling, history: 'push' }
        return `"outcome":${JSON.stringify(outcome)}`
      })
      return route.fulfill({ response, body })
    })
    await attempt(page, '#go', 'https://elsewhere.example/')
    expect(await page.textContent('#problem'), spelling).toMatch(/Error/)
    expect(page.url(), spelling).toBe(`${app.origin}/leaving`)
    expect(left).toEqual([])
    await context.close()
  }
  await expectAlive(app)
})

test('21: a redirect after the head of a page leads to no other site in a browser', async () => {
  const { app } = target()
  const { page, left } = await guarded('/leaving')
  for (const spelling of ownSpellings) {
    await page.goto(`/leaving/late?to=${encodeURIComponent(spelling)}`)
    await page
      .waitForURL((url) => url.pathname !== '/leaving/late', { timeout: 5_000 })
      .catch((error: Error) => expect(left, `${spelling}: ${error.message}`).toEqual([]))
    await page.waitForLoadState()
    expect(left, spelling).toEqual([])
    expect(new URL(page.url()).origin).toBe(app.origin)
  }
  await expectAlive(app)
})
