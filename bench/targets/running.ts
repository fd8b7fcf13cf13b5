import { build, prepare } from './prepare.ts'
import { startServer, type Server } from './server.ts'
import { isFramework, type Framework, type Target } from './target.ts'

/** Installs and builds what of these is an app. */
export function prepareAll(targets: readonly Target[]): void {
  for (const target of targets.filter(isFramework)) {
    prepare(target)
    build(target)
  }
}

/** Starts all of them, gives them to a function, and stops them. */
export async function withServers<target extends Target, value>(
  targets: readonly target[],
  nodeOptions: string[],
  use: (servers: Server<target>[]) => Promise<value>,
): Promise<value> {
  const servers: Server<target>[] = []
  try {
    for (const target of targets) servers.push(await startServer(target, { nodeOptions }))
    return await use(servers)
  } finally {
    for (const server of servers) await server.stop()
  }
}

export function isFrameworkServer(server: Server): server is Server<Framework> {
  return isFramework(server.target)
}
