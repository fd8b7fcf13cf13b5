import rsc, { getPluginApi } from '@vitejs/plugin-rsc'
import type { Plugin, ResolvedConfig } from 'vite'
import { ownModule } from './package-files.ts'

/**
 * plugin-rsc: the graphs of the three environments, client references, CSS, updates of server
 * modules. Its treatment of `'use server'` is left out, for Volley's own table of functions; so
 * are its dev server and its order of the build.
 */
export function serverComponents(): Plugin[] {
  const plugins = rsc({
    entries: {
      rsc: ownModule('entry/rsc'),
      ssr: ownModule('entry/ssr'),
      client: ownModule('entry/browser'),
    },
    serverHandler: false,
    customBuildApp: true,
    // Each route file asks for its styles itself, so that its component keeps its identity.
    rscCssTransform: false,
    // `onlyModules` says it with the way out.
    validateImports: false,
  })
  // It is listed twice, and would parse again what it has emptied.
  const [, ...repeated] = plugins.filter(({ name }) => name === 'rsc:scan-strip')
  return plugins.filter((plugin) => plugin.name !== 'rsc:use-server' && !repeated.includes(plugin))
}

/** Whether this pass of a build only looks at who imports what. */
export function isScan(config: Pick<ResolvedConfig, 'plugins'>): boolean {
  return getPluginApi(config)?.manager.isScanBuild === true
}

/**
 * plugin-rsc registers client references by Flight's edge build. Redirected to the build for Node,
 * which we use everywhere else, so that a bundle holds one copy of Flight.
 */
export function flightForNode(): Plugin {
  return {
    name: 'volley:flight-for-node',
    resolveId: {
      order: 'pre',
      filter: { id: /react-server-dom.*\/(server|client)\.edge$/ },
      handler(id, _importer, options) {
        if (this.environment.name === 'client') return undefined
        const node = id.replace(/\.edge$/, '.node')
        return this.resolve(node, ownModule('vite/plugin'), { ...options, skipSelf: true })
      },
    },
  }
}
