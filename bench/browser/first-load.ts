import { gzipSync } from 'node:zlib'
import type { Browser } from 'playwright-core'

/**
 * What the scripts of `/posts` weigh that a first visit loads, in kB after gzip, each by itself:
 * servers compress differently or not at all. Scripts that are in the document do not count.
 */
export async function firstLoadSize(browser: Browser, origin: string): Promise<number> {
  const page = await browser.newPage()
  const scripts = new Map<string, Promise<Buffer>>()
  page.on('response', (response) => {
    const type = response.headers()['content-type'] ?? ''
    if (/javascript/.test(type)) scripts.set(response.url(), response.body())
  })
  await page.goto(`${origin}/posts`)
  await page.waitForLoadState('networkidle')
  const bodies = await Promise.all(scripts.values())
  await page.close()
  const sizes = bodies.map((body) => gzipSync(body, { level: 9 }).length)
  return sizes.reduce((total, size) => total + size, 0) / 1000
}
