import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Plugin } from 'vite'
import { listFiles } from './app-directory.ts'

/** Warns where an app has routes of the other router of Next.js. */
export function pagesDirectory(): Plugin {
  return {
    name: 'volley:pages-directory',
    configResolved({ root, logger }) {
      const found = findPages(root)
      if (found === null) return
      logger.warn(`${found}/: its routes are not served. Move them to app/.`)
    },
  }
}

/**
 * `pages` or `src/pages`, where Next.js would find routes in it: it takes the first that there is,
 * so that an empty `pages/` says that `src/pages/` is something else.
 */
export function findPages(root: string): string | null {
  const found = ['pages', 'src/pages'].find((name) => existsSync(path.join(root, name)))
  if (found === undefined) return null
  return listFiles(path.join(root, found)).some((file) => /\.[jt]sx?$/.test(file)) ? found : null
}
