import type { Browser } from 'playwright-core'
import { collect } from '../results/collect.ts'
import type { Figure } from '../results/figure.ts'
import { withServers } from '../targets/running.ts'
import type { Target } from '../targets/target.ts'
import { askedFor, asksOf } from './asks.ts'
import { caseNames } from './cases.ts'
import { inPasses, type Effort } from './passes.ts'

const units = ['perSecond', 'p50', 'p99', 'processor', 'bytes'] as const

/** What each server can do at the most, and what memory it has taken by then. */
export function measureThroughput(
  browser: Browser,
  targets: readonly Target[],
  effort: Effort,
): Promise<Figure[]> {
  return withServers(targets, [], async (servers) => {
    const collected = collect()
    const all = await asksOf(browser, servers)
    for (const name of caseNames) await inPasses(askedFor(name, all), effort, [collected, units])
    for (const { target, memory } of servers) {
      const figure = { title: 'memory after all that', unit: 'MB', better: 'less' } as const
      collected.add(figure, target.name, memory.resident())
    }
    return collected.figures()
  })
}
