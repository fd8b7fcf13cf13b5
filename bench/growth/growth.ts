import type { Browser } from 'playwright-core'
import { collect } from '../results/collect.ts'
import type { Figure } from '../results/figure.ts'
import { next, volley } from '../targets/list.ts'
import { withServers } from '../targets/running.ts'
import { asksOf } from '../throughput/asks.ts'
import { inPasses, type Ask, type Effort } from '../throughput/passes.ts'
import { buildWithFunctions } from './functions.ts'
import { asksOfPosts } from './posts.ts'

const sizes = [10, 100, 1000]
const units = ['perSecond', 'processor', 'bytes'] as const

/**
 * What more posts on a page cost, and more server functions in an app. With one connection: several
 * that wait for pages of 1,000 posts make Volley so late that it refuses calls (`maxDelay`).
 */
export async function measureGrowth(browser: Browser, effort: Effort): Promise<Figure[]> {
  const collected = collect()
  await withServers([volley, next], [], async (servers) => {
    const asks: Ask[] = []
    for (const size of sizes) {
      for (const server of servers) asks.push(...(await asksOfPosts(browser, server, size)))
    }
    await inPasses(inOrder(asks), effort, [collected, units])
  })
  await withServers(sizes.map(buildWithFunctions), [], async (servers) => {
    const all = await asksOf(browser, servers)
    const asks = all.flatMap((one, index) => {
      const value = one.get('value')
      const functions = `${sizes[index]?.toLocaleString('en')} more functions`
      return value ? [{ ...value, title: `${value.title}, ${functions}` }] : []
    })
    await inPasses(asks, effort, [collected, units])
  })
  return collected.figures()
}

/** Those with the same title next to each other. */
function inOrder(asks: readonly Ask[]): Ask[] {
  return [...Map.groupBy(asks, ({ title }) => title).values()].flat()
}
