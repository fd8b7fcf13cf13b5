import type { Browser, Page } from 'playwright-core'
import { click, clickUntilChanged } from '../browser/click.ts'
import { requestsOf } from '../browser/recorder.ts'
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
  const open = () => page.goto(`${origin}/posts`)
  const html = await requestsOf(page, target, { kind: 'document', act: open })
  const add = page.locator('main > p > button').nth(0)
  const touch = page.locator('main > p > button').nth(1)
  await clickUntilChanged(add)
  const value = await recordCall(page, target, () => click(add))
  const rerender = await recordCall(page, target, () => click(touch))
  await page.goto(origin)
  await page.waitForLoadState('networkidle')
  const navigation = await recordCall(page, target, async () => {
    await page.locator('a').click()
    await page.locator('li').nth(49).waitFor()
    return ''
  })
  await page.close()
  const cases: Cases = { value, rerender, html: { steps: html, expected: '' }, navigation }
  return target.app.hasForms
    ? { ...cases, form: await recordForm(browser, { origin, target }) }
    : cases
}

async function recordCall(
  page: Page,
  target: Framework,
  shownAfter: () => Promise<string>,
): Promise<Case> {
  let expected = ''
  const act = async () => (expected = await shownAfter())
  return { steps: await requestsOf(page, target, { kind: 'fetch', act }), expected }
}

async function recordForm(
  browser: Browser,
  { origin, target }: Pick<Server<Framework>, 'origin' | 'target'>,
): Promise<Case> {
  const expected = 'A message without JavaScript'
  const page = await browser.newPage({ javaScriptEnabled: false })
  await page.goto(`${origin}/posts`)
  await page.locator('input[name=text]').fill(expected)
  const act = async () => {
    await page.getByText('Send').click()
    await page.locator('output', { hasText: expected }).waitFor()
  }
  const steps = await requestsOf(page, target, { kind: 'document', act })
  await page.context().close()
  return { steps: steps.slice(0, 1), expected }
}
