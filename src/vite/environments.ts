import path from 'node:path'
import { searchForWorkspaceRoot } from 'vite'
import type { EnvironmentOptions, Plugin, UserConfig } from 'vite'
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
    generateBundle() {
      if (this.environment.name === 'rsc') this.emitFile(moduleType)
    },
    // `false` keeps a message from being printed.
    onLog: (_level, { code = '' }) => !expected.has(code),
    configEnvironment(name, { optimizeDeps }) {
      if (optimizeDeps?.include) optimizeDeps.include = ownDependencies(name, optimizeDeps.include)
    },
  }
}

/** The server's files are ES modules, whatever the app's own package.json says of the app. */
const moduleType = {
  type: 'asset',
  fileName: 'package.json',
  source: '{ "type": "module" }\n',
} as const

/** What the bundler warns of although it is meant: nobody can act on it. */
const expected = new Set([
  // The table loads functions lazily that a page imports as well.
  'INEFFECTIVE_DYNAMIC_IMPORT',
  // plugin-rsc fills in names of files behind the bundler's back, on the line where they stood.
  'SOURCEMAP_BROKEN',
  // A file that both sides use is written twice; its name has a hash of what is in it.
  'FILE_NAME_CONFLICT',
])

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
      // Vite would name them `.mjs` in an app whose package.json has no `"type": "module"`.
      rolldownOptions: {
        output: { entryFileNames: '[name].js', chunkFileNames: 'assets/[name]-[hash].js' },
      },
    },
    // Without it a bundle would hold both builds of React, and choose by the environment it is
    // started in: a development payload never hydrates on the production client.
    define: {
      ...(command === 'build' ? { 'process.env.NODE_ENV': '"production"' } : {}),
      // By it `instrumentation.ts` tells which of its modules it needs.
      'process.env.NEXT_RUNTIME': '"nodejs"',
    },
    // Vite looks for what a style sheet imports as it does for modules: with its entry for JavaScript
    // Tailwind would be left to Node, and not be found as the style sheet that it is as well.
    resolve: { noExternal: ['volley', 'tailwindcss'] },
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
