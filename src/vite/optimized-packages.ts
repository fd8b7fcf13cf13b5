import path from 'node:path'
import { transformWithOxc, type Plugin, type Rolldown } from 'vite'
import { compileProxy } from '../compiler/compile-proxy.ts'
import { readableId } from '../secret/function-id.ts'
import { findClientFiles } from './client-files.ts'
import { pathOf } from './module-file.ts'
import { listNextModules } from './next-modules.ts'
import { ownModule } from './package-files.ts'
import { parse } from './server-functions.ts'

/**
 * In development Vite bundles the packages that the browser needs ahead, without the plugins of
 * the app. What these do to modules must happen there as well.
 */
export function optimizedPackages(): Plugin {
  return {
    name: 'volley:optimized-packages',
    apply: 'serve',
    config(config) {
      const root = path.resolve(config.root ?? '.')
      const optimizeDeps = {
        // Where the app's own code for the browser starts: no page links to it in HTML.
        entries: findClientFiles(root).map((file) => literalPattern(pathOf(file, root))),
        rolldownOptions: { plugins: [ownModules(), serverReferences(root)] },
      }
      return { environments: { client: { optimizeDeps } } }
    },
  }
}

/** Vite takes entries for patterns, and directories of routes are full of brackets. */
function literalPattern(file: string): string {
  return file.replaceAll(/[()[\]{}!*?@+|]/g, String.raw`\$&`)
}

/** `next/*` stays outside of a bundle: Volley's contexts must be the same for app and packages. */
function ownModules(): Rolldown.Plugin {
  const modules = listNextModules()
  return {
    name: 'volley:own-modules',
    resolveId: {
      filter: { id: /^next\/|server-reference\.[jt]s$/ },
      handler(id) {
        const file = modules.get(id) ?? (id === runtime ? id : undefined)
        return file === undefined ? undefined : { id: file, external: 'absolute' }
      },
    },
  }
}

const runtime = ownModule('browser/server-reference')

/** A `'use server'` module of a package becomes references, like one of the app. */
function serverReferences(root: string): Rolldown.Plugin {
  return {
    name: 'volley:server-references',
    transform: {
      // React's own messages have the directive in their text.
      filter: {
        id: { exclude: /\/react-(?:dom|server-dom)[^/]*\.js$/ },
        code: /['"]use server['"]/,
      },
      async handler(code, id) {
        const { code: script } = await transformWithOxc(code, id, { sourcemap: false })
        try {
          const options = { path: pathOf(id, root), parse, id: readableId, runtime }
          return compileProxy(script, options) ?? undefined
        } catch {
          // A mistake in the app's code is told where the app itself loads the module.
          return undefined
        }
      },
    },
  }
}
