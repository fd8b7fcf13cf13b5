import type { Browser } from 'playwright-core'
import { createRecorder } from '../browser/recorder.ts'
import type { Request } from '../load/request.ts'
import { send } from '../load/send.ts'
import { collect } from '../results/collect.ts'
import type { Figure } from '../results/figure.ts'
import { volley } from '../targets/list.ts'
import { withServers } from '../targets/running.ts'
import type { Server } from '../targets/server.ts'
import type { Framework } from '../targets/target.ts'
import { inPasses, type Ask, type Effort } from '../throughput/passes.ts'

const units = ['perSecond', 'p50', 'p99', 'processor', 'bytes'] as const

export const regionTitles = {
  all: 'call + all of 50 posts',
  one: 'call + one of 50 posts',
  oneOfMany: 'call + one of 1,000 posts',
} as const

/** What a call costs that touches one post, each of which is a tracked region. No peer has them. */
export async function measureRegions(browser: Browser, effort: Effort): Promise<Figure[]> {
  const collected = collect()
  await withServers([volley], [], async (servers) => {
    const asks: Ask[] = []
    for (const server of servers) {
      const [all, one] = await requestsOf(browser, server, 50)
      const [, many] = await requestsOf(browser, server, 1000)
      asks.push(
        await askOf(server, { title: regionTitles.all, request: all, posts: 50 }),
        await askOf(server, { title: regionTitles.one, request: one, posts: 1 }),
        await askOf(server, { title: regionTitles.oneOfMany, request: many, posts: 1 }),
      )
    }
    await inPasses(asks, effort, [collected, units])
  })
  return collected.figures()
}

type Wanted = { title: string; request: Request; posts: number }

async function askOf(server: Server<Framework>, { title, request, posts }: Wanted): Promise<Ask> {
  const { status, text } = await send(server.port, request)
  const rendered = new Set(text.match(/The text of post number \d+/g)).size
  if (status !== 200 || rendered !== posts) {
    throw new Error(`${title}: ${status}, ${rendered} posts instead of ${posts}:\n${text}`)
  }
  const bodyBytes = Buffer.byteLength(text)
  return { server, target: server.target.name, title, steps: [request], bodyBytes }
}

/** What Chromium sends when all posts are edited, and when the eighth is. */
async function requestsOf(
  browser: Browser,
  { origin, target }: Server<Framework>,
  count: number,
): Promise<[all: Request, one: Request]> {
  const page = await browser.newPage()
  const record = createRecorder(page, target)
  await page.goto(`${origin}/tracked/${count}`)
  // A form that is submitted before the page is ready loads another one.
  await page.waitForFunction(() =>
    Object.keys(document.querySelector('form') ?? {}).some((key) => key.startsWith('__react')),
  )
  const all = await record('fetch', () => page.getByText('Edit all').click())
  const one = await record('fetch', () => page.locator('li button').nth(7).click())
  await page.close()
  if (all[0] && one[0] && one.length === 1) return [all[0], one[0]]
  throw new Error(`An edit was ${one.length} requests, and that of all ${all.length}`)
}
