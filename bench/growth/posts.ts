import type { Browser } from 'playwright-core'
import { click, clickUntilChanged } from '../browser/click.ts'
import { createRecorder } from '../browser/recorder.ts'
import { send } from '../load/send.ts'
import type { Request } from '../load/request.ts'
import type { Server } from '../targets/server.ts'
import type { Framework } from '../targets/target.ts'
import { titles } from '../throughput/cases.ts'
import type { Ask } from '../throughput/passes.ts'

/** What a server is asked on its page of so many posts: the page, and a call that renders it again. */
export async function asksOfPosts(
  browser: Browser,
  server: Server<Framework>,
  count: number,
): Promise<Ask[]> {
  const { origin, target } = server
  const page = await browser.newPage()
  const record = createRecorder(page, target)
  const html = await record('document', () => page.goto(`${origin}/growth/${count}`))
  const refresh = page.locator('main > p > button')
  await clickUntilChanged(refresh)
  const rerender = await record('fetch', () => click(refresh))
  await page.close()
  const ask = async (title: string, steps: Request[]): Promise<Ask> => ({
    server,
    target: target.name,
    title: `${title}, ${count.toLocaleString('en')} posts`,
    steps,
    bodyBytes: await verifiedBytes(server, steps, count),
  })
  return [await ask(titles.html, html), await ask(titles.rerender, rerender)]
}

async function verifiedBytes(
  { port, target }: Server,
  [request]: Request[],
  count: number,
): Promise<number> {
  if (!request) throw new Error(`${target.name} was not asked for ${count} posts`)
  const { status, text } = await send(port, request)
  const shown = new Set(text.match(/The text of post number \d+/g)).size
  if (status === 200 && shown === count) return Buffer.byteLength(text)
  throw new Error(`${target.name}: ${status}, ${shown} posts instead of ${count}:\n${text}`)
}
