import { isRunnableDevEnvironment, type Plugin, type ViteDevServer } from 'vite'
import { createConsoleLog } from '../adapters/console-log.ts'
import { createNodeListener, type NodeListener } from '../adapters/node.ts'
import type { boot } from '../entry/rsc.ts'
import { allowedOriginsOf } from '../server/allowed-origins.ts'
import { createCompileFailures, type CompileFailures } from './compile-failures.ts'
import { createDevComponents } from './dev-components.ts'
import { createDevFunctions } from './dev-functions.ts'
import type { FunctionRecords } from './function-records.ts'
import type { Keys } from './keys.ts'
import { ownModule } from './package-files.ts'
import type { RegionRecords } from './region-records.ts'

type DevServerOptions = {
  records: FunctionRecords
  regions: RegionRecords
  keysOf: (root: string) => Keys
  logCalls: boolean
}

/** Answers every request that Vite leaves over by the app itself, with its modules as they are now. */
export function devServer(options: DevServerOptions): Plugin {
  let failures: CompileFailures | undefined
  let allowedOrigins: string[] = []
  return {
    name: 'volley:dev-server',
    configResolved({ command }) {
      // Before the server starts what would keep the process alive.
      if (command === 'serve') allowedOrigins = allowedOriginsOf(process.env)
    },
    hotUpdate({ file }) {
      if (this.environment.name === 'rsc') failures?.edited(file)
    },
    configureServer(server) {
      failures = createCompileFailures(server)
      const loadListener = createLoader(server, { ...options, allowedOrigins, failures })
      server.httpServer?.once('listening', () => warmUp(server, loadListener))
      return () => {
        server.middlewares.use((request, response, next) => {
          request.url = request.originalUrl ?? request.url
          loadListener().then((listener) => listener(request, response, next), next)
        })
      }
    },
  }
}

type LoaderOptions = DevServerOptions & { allowedOrigins: string[]; failures: CompileFailures }
type Entry = { boot: typeof boot }

/** The listener of the current entry: after an edit Vite evaluates the entry anew. */
function createLoader(
  server: ViteDevServer,
  { records, regions, keysOf, logCalls, allowedOrigins, failures }: LoaderOptions,
): () => Promise<NodeListener> {
  const { rsc } = server.environments
  if (!rsc || !isRunnableDevEnvironment(rsc))
    throw new Error('The environment `rsc` must be runnable')
  const functions = createDevFunctions(rsc, records)
  const components = createDevComponents(rsc, regions)
  const listeners = new WeakMap<Entry, Promise<NodeListener>>()
  const listen = async (entry: Entry): Promise<NodeListener> => {
    const secrets = keysOf(server.config.root).ring
    const log = failures.watch(createConsoleLog({ showsCalls: logCalls }))
    const { handler } = await entry.boot({
      secrets,
      isDevelopment: true,
      functions,
      components,
      allowedOrigins,
      log,
    })
    return createNodeListener(failures.rethrow(handler))
  }
  return async () => {
    const entry = await rsc.runner.import<Entry>(ownModule('entry/rsc'))
    const known = listeners.get(entry)
    if (known) return known
    const listener = listen(entry)
    listeners.set(entry, listener)
    // What has failed, as an instrumentation, may be corrected by now.
    listener.catch(() => listeners.delete(entry))
    return listener
  }
}

/**
 * Does what the first request would wait for. A failure is left to that request, which shows it.
 */
function warmUp(server: ViteDevServer, loadListener: () => Promise<NodeListener>): void {
  const { client, ssr } = server.environments
  void client.warmupRequest('virtual:vite-rsc/entry-browser')
  if (ssr && isRunnableDevEnvironment(ssr))
    ssr.runner.import(ownModule('entry/ssr')).catch(() => undefined)
  loadListener().catch(() => undefined)
}
