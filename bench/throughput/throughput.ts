import type { Browser } from 'playwright-core'
import { runLoad } from '../measure.ts'
import { collect } from '../results/collect.ts'
import type { Figure } from '../results/figure.ts'
import { withServers } from '../targets/running.ts'
import type { Target } from '../targets/target.ts'
import { caseNames, titles, type CaseName } from './cases.ts'
import { subjectsOf, type Subject } from './subjects.ts'
import type { Verified } from './verify.ts'

export type Effort = { passes: number; seconds: number }

/**
 * What each server can do at the most. The passes are interleaved, since a machine is never equally
 * fast twice.
 */
export function measureThroughput(
  browser: Browser,
  targets: readonly Target[],
  { passes, seconds }: Effort,
): Promise<Figure[]> {
  return withServers(targets, [], async (servers) => {
    const collected = collect()
    const subjects = await subjectsOf(browser, servers)
    for (const name of caseNames) {
      const asked = subjects.filter(({ cases }) => cases.has(name))
      // The first seconds of a process are spent on compiling it.
      for (const subject of asked) await pass(subject, name, 2)
      for (let index = 0; index < passes; index++) {
        for (const subject of asked) {
          const { sample, processor } = await pass(subject, name, seconds)
          const { name: target } = subject.server.target
          const title = titles[name]
          collected.add({ title, unit: 'a second', better: 'more' }, target, sample.perSecond)
          collected.add({ title, unit: 'p50, ms', better: 'less' }, target, sample.p50)
          collected.add({ title, unit: 'p99, ms', better: 'less' }, target, sample.p99)
          collected.add({ title, unit: 'µs of processor', better: 'less' }, target, processor)
          collected.add({ title, unit: 'bytes', better: 'less' }, target, sample.bytes)
        }
      }
    }
    for (const { target, memory } of servers) {
      const figure = { title: 'memory after all that', unit: 'MB', better: 'less' } as const
      collected.add(figure, target.name, memory.resident())
    }
    return collected.figures()
  })
}

async function pass({ server, cases }: Subject, name: CaseName, seconds: number) {
  const { steps, bodyBytes } = cases.get(name) as Verified
  const before = server.processorTime()
  const title = `${server.target.name}, ${titles[name]}`
  const leastBytes = bodyBytes * 0.9
  const sample = await runLoad(title, { port: server.port, steps, seconds, leastBytes })
  return { sample, processor: (server.processorTime() - before) / sample.requests }
}
