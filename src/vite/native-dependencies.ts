import { pathToFileURL } from 'node:url'
import {
  createRunnableDevEnvironment,
  type DevEnvironment,
  type Plugin,
  type ResolvedConfig,
  type Rolldown,
  type RunnableDevEnvironment,
} from 'vite'
import { nativeBundle } from './bundled-server.ts'
import { filesOfUrl } from './module-file.ts'

/**
 * In development Vite bundles React ahead for the server's side, and would compile these bundles
 * once more each time it starts. They are modules that Node runs as they are: so Node loads them.
 */
export function nativeDependencies(): Plugin {
  const server = {
    // The app's plugins do not see these files then, and this is what plugin-rsc does to them.
    optimizeDeps: { rolldownOptions: { plugins: [requireOfFlight()] } },
    dev: { createEnvironment },
  }
  return {
    name: 'volley:native-dependencies',
    apply: 'serve',
    config: () => ({ environments: { rsc: server, ssr: server } }),
  }
}

function requireOfFlight(): Rolldown.Plugin {
  return {
    name: 'volley:require-of-flight',
    transform: {
      filter: { code: '__webpack_require__' },
      handler: (code) => ({
        code: code
          .replaceAll('__webpack_require__.u', '({}).u')
          .replaceAll('__webpack_require__', '__vite_rsc_require__'),
        map: null,
      }),
    },
  }
}

function createEnvironment(name: string, config: ResolvedConfig): RunnableDevEnvironment {
  const environment = createRunnableDevEnvironment(name, config, {
    // The runner would log each of its updates, beside the line that Vite logs for the file.
    runnerOptions: { hmr: { logger: false } },
  })
  const bundle = nativeBundle(name)
  const fetchModule = environment.fetchModule.bind(environment)
  environment.fetchModule = async (id, importer, options) => {
    const native = filesOfUrl(id, config.root).find(
      (file) => file === bundle || isOptimized(environment, file),
    )
    if (native === undefined) return fetchModule(id, importer, options)
    return { externalize: pathToFileURL(native).href, type: 'module' }
  }
  return environment
}

/** By environment: the bundles that this process has loaded. */
const loaded = new Map<string, string>()

/** Node never loads a file anew: bundles that a restart has replaced are left to Vite. */
function isOptimized({ name, depsOptimizer, config }: DevEnvironment, file: string): boolean {
  if (!depsOptimizer?.options.noDiscovery || !depsOptimizer.isOptimizedDepFile(file)) return false
  const key = `${name} ${config.cacheDir}`
  const hash = depsOptimizer.metadata.browserHash
  if (!loaded.has(key)) loaded.set(key, hash)
  return loaded.get(key) === hash
}
