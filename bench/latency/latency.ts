import path from 'node:path'
import type { Browser } from 'playwright-core'
import { collect, type Collected } from '../results/collect.ts'
import type { Figure } from '../results/figure.ts'
import { withServers } from '../targets/running.ts'
import type { Target } from '../targets/target.ts'
import { askedFor, asksOf } from '../throughput/asks.ts'
import { load, warmUp, type Ask, type Effort } from '../throughput/passes.ts'

const share = 0.8
const monitor = ['--import', path.resolve('bench/latency/loop-delay.ts')]
const delayLine = /event loop delay: ([\d.]+) ms/

/**
 * How long answers take at 80 % of what a server can do, and how late its event loop is then. What
 * it can do is measured right before each pass: on a shared machine it changes.
 */
export function measureLatency(
  browser: Browser,
  targets: readonly Target[],
  { passes, seconds }: Effort,
): Promise<Figure[]> {
  return withServers(targets, monitor, async (servers) => {
    const collected = collect()
    const all = await asksOf(browser, servers)
    for (const name of ['value', 'rerender', 'html'] as const) {
      const asks = askedFor(name, all)
      for (const ask of asks) await warmUp(ask, { seconds: 2 })
      for (let index = 0; index < passes; index++) {
        for (const ask of asks) await pass(ask, seconds, collected)
      }
    }
    return collected.figures()
  })
}

async function pass(ask: Ask, seconds: number, collected: Collected): Promise<void> {
  const { perSecond } = await load(ask, { seconds: seconds / 2 })
  await delayOf(ask)
  const { p50, p99 } = await load(ask, { seconds, rate: perSecond * share })
  const delay = await delayOf(ask)
  const add = (unit: string, value: number) =>
    collected.add({ title: ask.title, unit, better: 'less' }, ask.target, value)
  add('p50, ms', p50)
  add('p99, ms', p99)
  add('p99 ÷ p50', p99 / p50)
  add('p99 of the event loop’s delay, ms', delay)
}

/** Since the last time. */
async function delayOf({ server }: Ask): Promise<number> {
  return Number(delayLine.exec(await server.ask('SIGUSR2', delayLine))?.[1])
}
