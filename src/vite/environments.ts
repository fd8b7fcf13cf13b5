import path from 'node:path'
import { searchForWorkspaceRoot, type EnvironmentOptions, type Plugin, type UserConfig } from 'vite'
import { packageRoot } from './package-files.ts'
import { reactVersion } from './react-version.ts'

/**
 * The settings of Vite and of the three environments that hold for every app: `rsc` renders Server
 * Components and runs server functions, `ssr` makes HTML, `client` is the browser.
 */
export function environments(): Plugin {
  return {
    name: 'volley:environments',
    config(config, { command }): UserConfig {
      const root = path.resolve(config.root ?? '.')
      reactVersion(root) // throws for one that must not be served
      return {
        appType: 'custom',
        resolve: {
          // A linked framework or library must not bring a second React.
          dedupe: ['react', 'react-dom'],
          tsconfigPaths: config.resolve?.tsconfigPaths ?? true,
        },
        server: { fs: { allow: [searchForWorkspaceRoot(root), packageRoot] } },
        environments: {
          client: clientEnvironment(),
          rsc: serverEnvironment('dist/server', command),
          ssr: serverEnvironment('dist/server/ssr', command),
        },
      }
    },
    configEnvironment(name, { optimizeDeps }) {
      if (optimizeDeps?.include) optimizeDeps.include = ownDependencies(name, optimizeDeps.include)
    },
  }
}

function clientEnvironment(): EnvironmentOptions {
  return {
    build: { outDir: 'dist/client', reportCompressedSize: false },
    optimizeDeps: { exclude: ['volley'] },
  }
}

function serverEnvironment(outDir: string, command: 'build' | 'serve'): EnvironmentOptions {
  return {
    build: {
      outDir,
      // Read for stack traces in the log. They lie outside dist/client, so they are never served.
      sourcemap: true,
      reportCompressedSize: false,
    },
    // Without it a bundle would hold both builds of React, and choose by the environment it is
    // started in: a development payload never hydrates on the production client.
    define: command === 'build' ? { 'process.env.NODE_ENV': '"production"' } : {},
    resolve: { noExternal: ['volley'] },
    optimizeDeps: { exclude: ['volley'] },
  }
}

/**
 * plugin-rsc pre-bundles the builds of React for edge runtimes. We use those for Node, and an app
 * that depends on Volley alone reaches plugin-rsc's copy of Flight only through Volley.
 */
function ownDependencies(environment: string, include: string[]): string[] {
  return include
    .filter((dependency) => !dependency.endsWith('/static.edge'))
    .map((dependency) => {
      const node = environment === 'client' ? dependency : dependency.replace(/\.edge$/, '.node')
      return node.startsWith('@vitejs/plugin-rsc/') ? `volley > ${node}` : node
    })
}
