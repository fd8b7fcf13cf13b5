import type { Browser } from 'playwright-core'
import { click } from './click.ts'

/** A page that does something on a click and says itself how long it took: `45 in 210.2 ms`. */
export type TimedPage = {
  /** In milliseconds. Throws when the page shows another result. */
  run: () => Promise<number>
  close: () => Promise<void>
}

/** Opens the page, and runs it once so that all is loaded. */
export async function openTimedPage(
  browser: Browser,
  url: string,
  expected: string,
): Promise<TimedPage> {
  const page = await browser.newPage()
  await page.goto(url)
  const output = page.locator('output', { hasText: /./ })
  await output.waitFor()
  const run = async (): Promise<number> => {
    const text = await click(page.locator('p > button'), output)
    const [, result, time] = /^run \d+: (\d+) in ([\d.]+) ms$/.exec(text) ?? []
    if (result !== expected) throw new Error(`Expected ${expected}, and the page shows ${text}`)
    return Number(time)
  }
  await run()
  return { run, close: () => page.close() }
}
