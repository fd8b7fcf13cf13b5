import type { Browser } from 'playwright-core'
import { isFrameworkServer } from '../targets/running.ts'
import type { Server } from '../targets/server.ts'
import { bareCases } from './bare-cases.ts'
import { recordCases, titles, type CaseName, type Cases } from './cases.ts'
import type { Ask } from './passes.ts'
import { verify } from './verify.ts'

/** What a server is asked for each case that it has. */
export type Asks = ReadonlyMap<CaseName, Ask>

/** Records and verifies the cases of all servers. The first of them has pages. */
export async function asksOf(browser: Browser, servers: readonly Server[]): Promise<Asks[]> {
  const all: Asks[] = []
  let first: Cases = {}
  for (const server of servers) {
    const isBare = !isFrameworkServer(server)
    const cases = isBare ? bareCases(first) : await recordCases(browser, server)
    if (server === servers[0]) first = cases
    const asks = new Map<CaseName, Ask>()
    for (const [name, { steps, bodyBytes }] of await verify(server, cases)) {
      const { name: target } = server.target
      asks.set(name, { server, target, title: titles[name], steps, bodyBytes })
    }
    all.push(asks)
  }
  return all
}

/** Those who are asked for a case. */
export function askedFor(name: CaseName, all: readonly Asks[]): Ask[] {
  return all.flatMap((asks) => asks.get(name) ?? [])
}
