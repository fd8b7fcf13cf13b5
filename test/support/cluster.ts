import { onTestFinished } from 'vitest'
import { serve, type App } from './app.ts'
import { call, type CallAnswer } from './call.ts'
import type { DatabaseServer } from './database-server.ts'
import { startFaultProxy } from './fault-proxy.ts'
import { buildFixture } from './fixture.ts'
import { functionIds } from './function-ids.ts'

/** Several processes that serve the same build, behind a TCP balancer and on one Redis. */
export type Cluster = {
  apps: App[]
  /** Any of them, as the balancer has it. */
  fetch: (target: string, init?: RequestInit) => Promise<Response>
  /** Calls a function of `app/functions.ts`. */
  call: (name: string, args?: unknown[], headers?: Record<string, string>) => Promise<CallAnswer>
}

export type ClusterOptions = { redisPort: number; database: DatabaseServer; size?: number }

export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const { redisPort, database, size = 3 } = options
  const root = await buildFixture('shared-app')
  const ids = await functionIds(root)
  const environment = {
    REDIS_URL: `redis://127.0.0.1:${redisPort}`,
    DATABASE_URL: database.origin,
  }
  const starting = Array.from({ length: size }, () => serve(root, 'start', { environment }))
  const apps = await Promise.all(starting)
  onTestFinished(async () => {
    await Promise.all(apps.map((app) => app.stop()))
  })
  const balancer = await startFaultProxy(apps.map(({ port }) => port))
  const origin = `http://localhost:${balancer.port}`
  const anyOfThem: App = {
    ...apps[0]!,
    origin,
    fetch: (target, init) => fetch(new URL(target, origin), { redirect: 'manual', ...init }),
  }
  return {
    apps,
    fetch: (target, init) => anyOfThem.fetch(target, init),
    call: (name, args = [], headers = {}) => call(anyOfThem, ids[name]!, { args, headers }),
  }
}
