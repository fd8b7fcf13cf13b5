import type { Browser } from 'playwright-core'
import { click, clickUntilChanged } from './click.ts'

/** A page that does something on a click and says itself how long it took: `45 in 210.25 ms`. */
export type TimedPage = {
  /** In milliseconds. Throws when the page shows another result. */
  run: () => Promise<number>
  close: () => Promise<void>
}

export async function openTimedPage(
  browser: Browser,
  url: string,
  expected: string,
): Promise<TimedPage> {
  const page = await browser.newPage()
  await page.goto(url)
  const button = page.locator('p > button')
  const output = page.locator('output')
  timeOf(await clickUntilChanged(button, output), expected)
  return {
    run: async () => timeOf(await click(button, output), expected),
    close: () => page.close(),
  }
}

function timeOf(text: string, expected: string): number {
  const [, result, time] = /^(\d+) in ([\d.]+) ms$/.exec(text) ?? []
  if (result !== expected) throw new Error(`Expected ${expected}, and the page shows ${text}`)
  return Number(time)
}
