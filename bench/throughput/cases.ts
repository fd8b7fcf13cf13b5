import type { Browser, Locator } from 'playwright-core'
import { click, clickUntilChanged } from '../browser/click.ts'
import { createRecorder, type Recorder } from '../browser/recorder.ts'
import type { Request } from '../load/request.ts'
import type { Framework } from '../targets/target.ts'
import type { Server } from '../targets/server.ts'

export const caseNames = ['value', 'rerender', 'form', 'html', 'navigation'] as const
export type CaseName = (typeof caseNames)[number]

export const titles = {
  value: 'call, value only',
  rerender: 'call + re-rendered page',
  form: 'form POST without JavaScript',
  html: 'GET HTML',
  navigation: 'GET payload of a navigation',
} satisfies Record<CaseName, string>

/** What is sent for one round, and a text that no good answer is without. */
export type Case = { steps: Request[]; expected: string }

export type Cases = Partial<Record<CaseName, Case>>

/**
 * Goes through an app as a visitor, and keeps what Chromium has sent, so that every server is asked
 * as its own client asks it. What the page then showed is what the answer has to hold.
 */
export async function recordCases(
  browser: Browser,
  { origin, target }: Server<Framework>,
): Promise<Cases> {
  const page = await browser.newPage()
  const record = createRecorder(page, target)
  const html = await record('document', () => page.goto(`${origin}/posts`))
  const add = page.locator('main > p > button').nth(0)
  const touch = page.locator('main > p > button').nth(1)
  await clickUntilChanged(add)
  const value = await recordClick(record, add)
  const rerender = await recordClick(record, touch)
  await record('document', () => page.goto(origin))
  const navigation = await record('fetch', async () => {
    await page.locator('a').click()
    await page.locator('li').nth(49).waitFor()
  })
  await page.close()
  const cases = {
    value,
    rerender,
    html: { steps: html, expected: '' },
    navigation: { steps: navigation, expected: '' },
  }
  return target.app.hasForms
    ? { ...cases, form: await recordForm(browser, { origin, target }) }
    : cases
}

async function recordClick(record: Recorder, button: Locator): Promise<Case> {
  let expected = ''
  const steps = await record('fetch', async () => (expected = await click(button)))
  return { steps, expected }
}

async function recordForm(
  browser: Browser,
  { origin, target }: Pick<Server<Framework>, 'origin' | 'target'>,
): Promise<Case> {
  const expected = 'A message without JavaScript'
  const page = await browser.newPage({ javaScriptEnabled: false })
  const record = createRecorder(page, target)
  await page.goto(`${origin}/posts`)
  await page.locator('input[name=text]').fill(expected)
  const steps = await record('document', async () => {
    await page.getByText('Send').click()
    await page.locator('output', { hasText: expected }).waitFor()
  })
  await page.context().close()
  return { steps, expected }
}
