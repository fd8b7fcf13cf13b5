import path from 'node:path'
import type { Plugin, UserConfig } from 'vite'
import type { FromNext } from './next-options.ts'

/** The configuration of an app that was made for Next.js, and where it is. */
export type NextSite = FromNext & { file: string }

type Addresses = { trailingSlash: boolean; next: NextSite | null }

/**
 * Where the app is on its origin: the base path of `next.config.*` is Vite's `base`. Code of both
 * sides is told, and has the variables of `env`.
 */
export function siteAddresses({ trailingSlash, next }: Addresses): Plugin {
  return {
    name: 'volley:site-addresses',
    config(config): UserConfig {
      const base = config.base ?? `${next?.basePath ?? ''}/`
      const variables = Object.entries(next?.env ?? {}).map(([name, value]) => [
        `process.env.${name}`,
        JSON.stringify(value),
      ])
      return {
        base,
        define: {
          ...Object.fromEntries(variables),
          'import.meta.env.VOLLEY_BASE_PATH': JSON.stringify(basePathOf(base)),
          'import.meta.env.VOLLEY_TRAILING_SLASH': JSON.stringify(trailingSlash ? '/' : ''),
        },
      }
    },
    configResolved({ logger }) {
      if (!next || next.ignored.length === 0) return
      const list = next.ignored.join(', ')
      logger.warn(`${path.basename(next.file)}: without effect in Volley: ${list}.`)
    },
    configureServer(server) {
      if (!next) return
      server.watcher.add(next.file)
      server.watcher.on('change', (file) => {
        if (path.resolve(file) === next.file) void server.restart()
      })
    },
  }
}

/** Without a slash behind it; empty for an app that has all of its origin. */
export function basePathOf(base: string): string {
  return base.startsWith('/') ? base.replace(/\/$/, '') : ''
}
