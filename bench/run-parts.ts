import { parseArgs } from 'node:util'
import type { Browser } from 'playwright-core'
import { browser as launch } from '../test/support/browser.ts'
import { measureInBrowser } from './browser/in-browser.ts'
import { measureGrowth } from './growth/growth.ts'
import { measureLatency } from './latency/latency.ts'
import { parts, type Figure, type Part } from './results/figure.ts'
import { drawAgain, keep } from './results/files.ts'
import { toTable } from './results/markdown.ts'
import { measureStartup } from './startup/startup.ts'
import { batchedVolley, hasBatching, quickTargets, targets } from './targets/list.ts'
import { prepareAll } from './targets/running.ts'
import { isFramework } from './targets/target.ts'
import { measureThroughput } from './throughput/throughput.ts'

const everywhere = hasBatching ? [...targets, batchedVolley] : targets

const measures = {
  throughput: (browser) => measureThroughput(browser, targets, { passes: 3, seconds: 4 }),
  latency: (browser) => measureLatency(browser, targets, { passes: 3, seconds: 3 }),
  browser: (browser) => measureInBrowser(browser, everywhere.filter(isFramework), 5),
  growth: (browser) => measureGrowth(browser, { passes: 3, seconds: 3 }),
  startup: (browser) => measureStartup(browser, targets, 3),
} satisfies Record<Part, (browser: Browser) => Promise<Figure[]>>

/** Measures what the arguments ask for. The order is that of the table above: the last one builds anew. */
export async function runParts(args: string[]): Promise<void> {
  const options = {
    quick: { type: 'boolean' },
    only: { type: 'string' },
    draw: { type: 'boolean' },
  } as const
  const { quick, only, draw } = parseArgs({ args, options }).values
  if (draw) return drawAgain()
  const wanted =
    only === undefined
      ? (Object.keys(measures) as Part[])
      : parts.filter((part) => only.split(',').includes(part))
  if (wanted.length === 0) {
    throw new Error(`--only takes ${parts.join(', ')}, and it was given ${JSON.stringify(only)}`)
  }
  const browser = await launch()
  try {
    if (quick) await runQuick(browser)
    else await runAll(browser, wanted)
  } finally {
    await browser.close()
  }
}

async function runQuick(browser: Browser): Promise<void> {
  prepareAll(quickTargets)
  const figures = await measureThroughput(browser, quickTargets, { passes: 3, seconds: 3 })
  console.log(`Node ${process.version}, 3 interleaved passes of 3 s, 10 connections\n`)
  console.log(toTable(figures))
}

async function runAll(browser: Browser, wanted: readonly Part[]): Promise<void> {
  prepareAll(everywhere)
  for (const part of wanted) {
    console.log(`Measuring ${part}`)
    const figures = await measures[part](browser)
    keep(part, figures, targets)
    console.log(`\n${toTable(figures)}\n`)
  }
}
