import type { Browser } from 'playwright-core'
import { isFrameworkServer } from '../targets/running.ts'
import type { Server } from '../targets/server.ts'
import { bareCases, recordCases, type CaseName, type Cases } from './cases.ts'
import { verify, type Verified } from './verify.ts'

/** A server that runs, and what it is to be asked. */
export type Subject = { server: Server; cases: Map<CaseName, Verified> }

/** Records and verifies the cases of all servers. The first of them has pages. */
export async function subjectsOf(
  browser: Browser,
  servers: readonly Server[],
): Promise<Subject[]> {
  const subjects: Subject[] = []
  let first: Cases = {}
  for (const server of servers) {
    const isBare = !isFrameworkServer(server)
    const cases = isBare ? bareCases(first) : await recordCases(browser, server)
    if (server === servers[0]) first = cases
    subjects.push({ server, cases: await verify(server, cases) })
  }
  return subjects
}
