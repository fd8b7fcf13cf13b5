import { parseArgs } from 'node:util'
import type { Browser } from 'playwright-core'
import { browser as launch } from '../test/support/browser.ts'
import { measureInBrowser } from './browser/in-browser.ts'
import { measureGrowth } from './growth/growth.ts'
import { measureLatency } from './latency/latency.ts'
import { measureRegions } from './regions/regions.ts'
import { parts, type Figure, type Part } from './results/figure.ts'
import { drawAgain, keep } from './results/files.ts'
import { toTable } from './results/markdown.ts'
import { measureStartup } from './startup/startup.ts'
import { batchedVolley, next, quickTargets, targets, volley } from './targets/list.ts'
import { prepareAll } from './targets/running.ts'
import { isFramework, type Target } from './targets/target.ts'
import { measureThroughput } from './throughput/throughput.ts'

const everywhere = [...targets, batchedVolley]

/** Who has to be installed and built. */
const needed = {
  throughput: targets,
  regions: [volley],
  latency: targets,
  browser: everywhere,
  startup: targets,
  growth: [volley, next],
} satisfies Record<Part, readonly Target[]>

type Measure = (browser: Browser, passes: number) => Promise<Figure[]>

const measures = {
  throughput: (browser, passes) => measureThroughput(browser, targets, { passes, seconds: 4 }),
  regions: (browser, passes) => measureRegions(browser, { passes, seconds: 4 }),
  latency: (browser, passes) => measureLatency(browser, targets, { passes, seconds: 3 }),
  browser: (browser, passes) => measureInBrowser(browser, everywhere.filter(isFramework), passes),
  startup: (browser, passes) => measureStartup(browser, targets, passes),
  growth: (browser, passes) => measureGrowth(browser, { passes, seconds: 3, connections: 1 }),
} satisfies Record<Part, Measure>

const options = {
  quick: { type: 'boolean' },
  only: { type: 'string' },
  passes: { type: 'string', default: '3' },
  draw: { type: 'boolean' },
} as const

/** Measures what the arguments ask for. */
export async function runParts(args: string[]): Promise<void> {
  const { quick, only, draw, passes } = parseArgs({ args, options }).values
  if (draw) return drawAgain()
  const browser = await launch()
  try {
    if (quick) await runQuick(browser, Number(passes))
    else await runAll(browser, only?.split(',').map(toPart) ?? parts, Number(passes))
  } finally {
    await browser.close()
  }
}

function toPart(name: string): Part {
  const part = parts.find((one) => one === name)
  if (part) return part
  throw new Error(`--only takes ${parts.join(', ')}, and was given ${JSON.stringify(name)}`)
}

async function runQuick(browser: Browser, passes: number): Promise<void> {
  prepareAll(quickTargets)
  const figures = await measureThroughput(browser, quickTargets, { passes, seconds: 3 })
  console.log(`Node ${process.version}, ${passes} interleaved passes of 3 s, 10 connections\n`)
  console.log(toTable(figures))
}

async function runAll(browser: Browser, wanted: readonly Part[], passes: number): Promise<void> {
  prepareAll([...new Set(wanted.flatMap((part) => needed[part]))])
  for (const part of wanted) {
    console.log(`Measuring ${part}`)
    const figures = await measures[part](browser, passes)
    keep(part, figures, targets)
    console.log(`\n${toTable(figures)}\n`)
  }
}
