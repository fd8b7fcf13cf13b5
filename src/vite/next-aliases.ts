import path from 'node:path'
import type { Plugin, UserConfig } from 'vite'
import type { NextSite } from './site-addresses.ts'

/** What `next.config.*` has under other names: `next-intl/config` is a file of the app. */
export function nextAliases(next: NextSite | null): Plugin {
  return {
    name: 'volley:next-aliases',
    config(): UserConfig {
      if (!next) return {}
      const root = path.dirname(next.file)
      const alias = Object.entries(next.aliases).map(([name, target]) => ({
        find: new RegExp(`^${name.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}$`),
        replacement: target.startsWith('.') ? path.resolve(root, target) : target,
      }))
      return { resolve: { alias } }
    },
  }
}
