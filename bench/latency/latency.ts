import path from 'node:path'
import type { Browser } from 'playwright-core'
import type { Sample } from '../load/generate.ts'
import { collect, type Collected } from '../results/collect.ts'
import type { Figure } from '../results/figure.ts'
import { withServers } from '../targets/running.ts'
import type { Server } from '../targets/server.ts'
import type { Target } from '../targets/target.ts'
import { askedFor, asksOf } from '../throughput/asks.ts'
import { load, warmUp, type Ask, type Effort } from '../throughput/passes.ts'
import { askAlike, control } from './control.ts'

const share = 0.8

/**
 * In seconds. V8 optimizes what each answer runs once after some 12,000 answers, all of it within
 * 0.2 s, and on one core answers wait for it, a single time. Servers with less than 500 a second get
 * there later than this, or not at all; theirs are long answers, beside which it does not show.
 */
const warmUpTime = 25

const monitor = ['--import', path.resolve('bench/latency/loop-delay.ts')]
const delayLine = /event loop delay: ([\d.]+) ms/

/**
 * How long answers take at 80 % of what a server can do, and how late its event loop is then. What
 * it can do is measured right before each pass: on a shared machine it changes. The control is asked
 * as the first of them was, right after it.
 */
export function measureLatency(
  browser: Browser,
  targets: readonly Target[],
  { passes, seconds }: Effort,
): Promise<Figure[]> {
  return withServers([...targets, control], monitor, async (started) => {
    const collected = collect()
    const servers = started.filter(({ target }) => target !== control)
    const beside = started.find(({ target }) => target === control) ?? null
    const all = await asksOf(browser, servers)
    for (const name of ['value', 'rerender', 'html'] as const) {
      const asks = askedFor(name, all)
      for (const ask of asks) await warmUp(ask, { seconds: warmUpTime })
      for (let index = 0; index < passes; index++) {
        for (const ask of asks) {
          await pass(ask, { seconds, beside: ask === asks[0] ? beside : null }, collected)
        }
      }
    }
    return collected.figures()
  })
}

type Pass = { seconds: number; beside: Server | null }

async function pass(ask: Ask, { seconds, beside }: Pass, collected: Collected): Promise<void> {
  const { title } = ask
  const { perSecond } = await load(ask, { seconds: seconds / 2 })
  const rate = perSecond * share
  const add = (unit: string, target: string, value: number) =>
    collected.add({ title, unit, better: 'less' }, target, value)
  const addTimes = (target: string, { p50, p99 }: Sample) => {
    add('p50, ms', target, p50)
    add('p99, ms', target, p99)
    add('p99 ÷ p50', target, p99 / p50)
  }
  await delayOf(ask)
  const times = await load(ask, { seconds, rate })
  addTimes(ask.target, times)
  add('p99 of the event loop’s delay, ms', ask.target, await delayOf(ask))
  if (beside) {
    addTimes(control.name, await askAlike(beside, { title, seconds, perSecond, rate }))
  }
}

/** Since the last time. */
async function delayOf({ server }: Ask): Promise<number> {
  return Number(delayLine.exec(await server.ask('SIGUSR2', delayLine))?.[1])
}
