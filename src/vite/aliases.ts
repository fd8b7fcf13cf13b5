import path from 'node:path'
import type { Plugin } from 'vite'

/**
 * `@/posts` is `src/posts` or `posts` below the root, even without `paths` in tsconfig.json.
 * Where tsconfig.json has an answer, that one counts.
 */
export function aliases(): Plugin {
  return {
    name: 'volley:aliases',
    enforce: 'pre',
    resolveId: {
      filter: { id: /^@\// },
      async handler(id, importer, options) {
        const configured = await this.resolve(id, importer, { ...options, skipSelf: true })
        if (configured) return configured
        const { root } = this.environment.config
        for (const folder of ['src', '.']) {
          const file = path.join(root, folder, id.slice('@/'.length))
          const found = await this.resolve(file, importer, { ...options, skipSelf: true })
          if (found) return found
        }
        return undefined
      },
    },
  }
}
