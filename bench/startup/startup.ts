import type { Browser } from 'playwright-core'
import { collect, type Collected } from '../results/collect.ts'
import type { Figure } from '../results/figure.ts'
import { build, removeMade } from '../targets/prepare.ts'
import { startServer } from '../targets/server.ts'
import { isFramework, type Framework, type Target } from '../targets/target.ts'
import { timeEdits } from './edit.ts'

const figures = {
  start: { title: 'start to the first answer', unit: 's', better: 'less' },
  cold: { title: 'dev to the first page, first time', unit: 's', better: 'less' },
  warm: { title: 'dev to the first page, again', unit: 's', better: 'less' },
  edit: { title: 'dev: edit to the next call’s answer', unit: 'ms', better: 'less' },
  build: { title: 'build', unit: 's', better: 'less' },
} as const satisfies Record<string, Omit<Figure, 'passes'>>

/** How long a developer waits. Only the server for production is held to one core. */
export async function measureStartup(
  browser: Browser,
  targets: readonly Target[],
  passes: number,
): Promise<Figure[]> {
  const collected = collect()
  for (let pass = 0; pass < passes; pass++) {
    for (const target of targets) {
      const server = await startServer(target)
      await server.stop()
      collected.add(figures.start, target.name, server.startTime)
    }
  }
  const frameworks = targets.filter(isFramework)
  for (let pass = 0; pass < passes; pass++) {
    for (const target of frameworks) await timeDevelopment(browser, target, collected)
  }
  for (let pass = 0; pass < passes; pass++) {
    for (const target of frameworks) {
      removeMade(target)
      const start = performance.now()
      build(target)
      collected.add(figures.build, target.name, (performance.now() - start) / 1000)
    }
  }
  return collected.figures()
}

async function timeDevelopment(
  browser: Browser,
  target: Framework,
  collected: Collected,
): Promise<void> {
  removeMade(target)
  const first = await startServer(target, { mode: 'dev' })
  await first.stop()
  collected.add(figures.cold, target.name, first.startTime)
  const again = await startServer(target, { mode: 'dev' })
  collected.add(figures.warm, target.name, again.startTime)
  for (const time of await timeEdits(browser, again, 3)) {
    collected.add(figures.edit, target.name, time)
  }
  await again.stop()
}
