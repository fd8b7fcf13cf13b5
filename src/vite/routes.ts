import path from 'node:path'
import { normalizePath, type Plugin, type ViteDevServer } from 'vite'
import { parseMetadataFile } from '../routes/metadata-file.ts'
import { RouteError } from '../routes/route-error.ts'
import { parseRouteFile } from '../routes/route-file.ts'
import { findAppDirectory } from './app-directory.ts'
import type { AppFunctions } from './app-functions.ts'
import { appModule, readRoutes, stylesModule, stylesPrefix } from './app-module.ts'
import { findMiddleware, isMiddlewareFile, MiddlewareFileError } from './middleware-file.ts'
import type { ResolvedOptions } from './options.ts'
import { findRootFile, isRootFile } from './root-file.ts'
import { basePathOf } from './site-addresses.ts'

type RoutesOptions = { options: ResolvedOptions; appFunctions: AppFunctions }

const appId = '\0virtual:volley/app'

/** Makes `virtual:volley/app`, through which the server's entry sees the app, from `app/`. */
export function routes({ options, appFunctions }: RoutesOptions): Plugin {
  return {
    name: 'volley:routes',
    resolveId: {
      filter: { id: /^virtual:volley\/(app$|styles\/)/ },
      handler: (id) => `\0${id}`,
    },
    load: {
      filter: { id: /^\0virtual:volley\/(app$|styles\/)/ },
      handler(id) {
        const config = this.environment.getTopLevelConfig()
        const { root } = config
        if (id !== appId) {
          const directory = normalizePath(findAppDirectory(root))
          return stylesModule(directory, id.slice(`\0${stylesPrefix}`.length))
        }
        try {
          const build = appFunctions.buildId(config)
          const app = readRoutes(root)
          const middleware = findMiddleware(root)
          const instrumentation = findRootFile(root, 'instrumentation')
          const basePath = basePathOf(config.base)
          const own = { ...app, ...appFunctions.table(config), instrumentation, middleware }
          return appModule({ ...own, build, options, root, basePath })
        } catch (error) {
          if (error instanceof MiddlewareFileError) {
            return this.error({ message: error.message, id: error.file })
          }
          if (!(error instanceof RouteError)) throw error
          return this.error({
            message: error.message,
            id: path.join(findAppDirectory(root), error.file),
          })
        }
      },
    },
    configureServer(server) {
      const onChange = (file: string) => {
        const { root } = server.config
        const isPart =
          isMiddlewareFile(root, file) ||
          isRouteFile(root, file) ||
          isRootFile(root, 'instrumentation', file)
        if (isPart) reloadRoutes(server)
      }
      const onEdit = (file: string) => {
        if (isMetadata(appPath(server.config.root, file))) reloadRoutes(server)
      }
      server.watcher.on('add', onChange).on('unlink', onChange).on('change', onEdit)
    },
  }
}

/** `null` for a file that is not below the app's directory. */
function appPath(root: string, file: string): string | null {
  const relative = path.relative(findAppDirectory(root), file)
  return relative.startsWith('..') ? null : normalizePath(relative)
}

/** Its size, its text or its hash is in the generated module. */
function isMetadata(file: string | null): boolean {
  if (file === null) return false
  return file.endsWith('.alt.txt') || parseMetadataFile(file)?.file.source === 'file'
}

function isRouteFile(root: string, file: string): boolean {
  try {
    const relative = appPath(root, file)
    if (relative === null) return false
    const isKnown = parseRouteFile(relative) ?? parseMetadataFile(relative)
    return isKnown !== null || isMetadata(relative)
  } catch {
    // A directory that is named wrongly, or no app/ at all: loading the module tells what is wrong.
    return true
  }
}

function reloadRoutes(server: ViteDevServer): void {
  const { rsc, client } = server.environments
  const module = rsc?.moduleGraph.getModuleById(appId)
  if (!rsc || !module) return
  const reload = async () => {
    await rsc.reloadModule(module)
    client.hot.send({ type: 'full-reload' })
  }
  reload().catch((error: unknown) => server.config.logger.error(String(error)))
}
