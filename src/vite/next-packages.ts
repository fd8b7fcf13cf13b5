import path from 'node:path'
import type { Plugin } from 'vite'
import { crawlFrameworkPkgs } from 'vitefu'

/**
 * Packages that are made for Next.js, as fonts are, import its modules. So they are compiled with
 * the app: Node would not find these modules. plugin-rsc does the same for packages made for React.
 *
 * In development a browser loads the files of those that are ES modules one by one. Bundled ahead,
 * a context would be there twice: in the bundle, and in the client component of a package's inside
 * that its part for the server refers to.
 */
export function nextPackages(): Plugin {
  return {
    name: 'volley:next-packages',
    async config(config, { command }) {
      const modules: string[] = []
      const { ssr } = await crawlFrameworkPkgs({
        root: path.resolve(config.root ?? '.'),
        isBuild: command === 'build',
        isFrameworkPkgByJson({ name, type, peerDependencies = {} }) {
          const isForNext = 'next' in peerDependencies
          if (isForNext && type === 'module') modules.push(name)
          return isForNext
        },
      })
      const { noExternal } = ssr
      const server = { resolve: { noExternal }, optimizeDeps: { exclude: noExternal } }
      const client = { optimizeDeps: { exclude: modules } }
      return { environments: { rsc: server, ssr: server, client } }
    },
  }
}
