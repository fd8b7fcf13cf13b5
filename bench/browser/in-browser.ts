import type { Browser } from 'playwright-core'
import { collect } from '../results/collect.ts'
import type { Figure } from '../results/figure.ts'
import { withServers } from '../targets/running.ts'
import type { Server } from '../targets/server.ts'
import type { Framework } from '../targets/target.ts'
import { firstLoadSize } from './first-load.ts'
import { openTimedPage, type TimedPage } from './timed-page.ts'

const uploaded = 20_000_000

const figures = {
  scripts: { title: 'JavaScript of a first visit', unit: 'kB, gzip', better: 'less' },
  tenCalls: { title: 'ten calls of 100 ms from one tab', unit: 'ms', better: 'less' },
  upload: { title: 'upload of 20 MB', unit: 'ms', better: 'less' },
  peak: { title: 'most memory while 20 MB arrive', unit: 'MB', better: 'less' },
} as const satisfies Record<string, Omit<Figure, 'passes'>>

/** What a visitor's Chromium sees: `passes` times, one framework after the other. */
export function measureInBrowser(
  browser: Browser,
  targets: readonly Framework[],
  passes: number,
): Promise<Figure[]> {
  return withServers(targets, [], async (servers) => {
    const collected = collect()
    for (const { target, origin } of servers) {
      collected.add(figures.scripts, target.name, await firstLoadSize(browser, origin))
    }
    await inTurns(servers, passes, {
      open: ({ origin }) => openTimedPage(browser, `${origin}/parallel`, '45'),
      run: async ({ target }, page) =>
        collected.add(figures.tenCalls, target.name, await page.run()),
    })
    await inTurns(servers, passes, {
      open: ({ origin }) => openTimedPage(browser, `${origin}/upload`, String(uploaded)),
      async run({ target, memory }, page) {
        memory.forgetPeak()
        collected.add(figures.upload, target.name, await page.run())
        collected.add(figures.peak, target.name, memory.peak())
      },
    })
    return collected.figures()
  })
}

type Turn = {
  open: (server: Server<Framework>) => Promise<TimedPage>
  run: (server: Server<Framework>, page: TimedPage) => Promise<void>
}

async function inTurns(
  servers: readonly Server<Framework>[],
  passes: number,
  { open, run }: Turn,
): Promise<void> {
  const pages: [Server<Framework>, TimedPage][] = []
  for (const server of servers) pages.push([server, await open(server)])
  for (let pass = 0; pass < passes; pass++) {
    for (const [server, page] of pages) await run(server, page)
  }
  for (const [, page] of pages) await page.close()
}
