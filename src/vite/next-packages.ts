import path from 'node:path'
import type { Plugin } from 'vite'
import { crawlFrameworkPkgs } from 'vitefu'

/**
 * Packages that are made for Next.js, as fonts are, import its modules. So they are compiled with
 * the app: Node would not find these modules. plugin-rsc does the same for packages made for React.
 */
export function nextPackages(): Plugin {
  return {
    name: 'volley:next-packages',
    async config(config, { command }) {
      const { ssr } = await crawlFrameworkPkgs({
        root: path.resolve(config.root ?? '.'),
        isBuild: command === 'build',
        isFrameworkPkgByJson: ({ peerDependencies = {} }) => 'next' in peerDependencies,
      })
      const { noExternal } = ssr
      const server = { resolve: { noExternal }, optimizeDeps: { exclude: noExternal } }
      return { environments: { rsc: server, ssr: server } }
    },
  }
}
