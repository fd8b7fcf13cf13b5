import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Plugin } from 'vite'
import { readRoutes } from './app-module.ts'

/** Puts metadata files that are served as they are where the browser's files are. */
export function metadataAssets(): Plugin {
  return {
    name: 'volley:metadata-assets',
    applyToEnvironment: ({ name }) => name === 'client',
    generateBundle() {
      const { root } = this.environment.getTopLevelConfig()
      for (const [pathname, { file }] of served(root)) {
        const source = readFileSync(file)
        this.emitFile({ type: 'asset', fileName: pathname.slice(1), source })
      }
    },
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const isRead = request.method === 'GET' || request.method === 'HEAD'
        const { root, base } = server.config
        const url = request.url ?? '/'
        const own = url.startsWith(base) ? url.slice(base.length - 1) : url
        const found = isRead && find(root, own)
        if (!found) return next()
        response.setHeader('content-type', found.type)
        response.setHeader('cache-control', 'no-cache')
        response.end(readFileSync(found.file))
      })
    },
  }
}

type Served = { file: string; type: string }

/** By pathname, decoded. */
function served(root: string): Map<string, Served> {
  const { directory, metadata } = readRoutes(root)
  const files = new Map<string, Served>()
  for (const [name, facts] of Object.entries(metadata)) {
    if (facts.source === 'code') continue
    const [pathname = ''] = facts.url.split('?', 1)
    const { type } = facts
    files.set(decodeURIComponent(pathname), { file: path.join(directory, name), type })
  }
  return files
}

/** The app is read again only for what its name says may be one of its files. */
function find(root: string, url: string): Served | undefined {
  const [encoded = ''] = url.split('?', 1)
  if (!/\.(?:ico|jpe?g|png|gif|svg|txt|xml|json|webmanifest)$/.test(encoded)) return undefined
  try {
    return served(root).get(decodeURIComponent(encoded))
  } catch {
    // A malformed escape, or a mistake in the app, which its pages show.
    return undefined
  }
}
