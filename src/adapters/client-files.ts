import { existsSync, readdirSync, realpathSync } from 'node:fs'
import path from 'node:path'
import sirv from 'sirv'
import type { FileRequest } from '../server/visit.ts'
import type { NodeListener } from './node.ts'

/** Vite puts what has a hash in its name here. */
const hashedFolder = '/assets/'

/** The query by which pages ask for a metadata file that has its hash: `/icon.png?0123456789abcdef`. */
const fileHash = /^[^?]*\?[0-9a-f]{16}$/

export type FilesSite = {
  /** Above every path of the app; what is not below it is no file. */
  basePath?: string
  /** What the app says about the headers of a path. */
  headersFor?: ((request: FileRequest) => [name: string, value: string][]) | null
}

/**
 * Serves the files of `dist/client`; `next` gets every other request. The list of files is read
 * once, so no path of a request ever reaches the file system.
 */
export function createClientFiles(directory: string, site: FilesSite = {}): NodeListener {
  const { basePath = '', headersFor = null } = site
  const links = linksToOutside(directory)
  const serve = sirv(directory, {
    etag: true,
    brotli: true,
    gzip: true,
    // A page is what routing says: `/about` is never the file `about.html`.
    extensions: [],
    setHeaders(response, pathname) {
      const isHashed = pathname.startsWith(hashedFolder) || fileHash.test(response.req.url ?? '')
      const control = isHashed ? 'public, max-age=31536000, immutable' : 'public, max-age=0'
      if (isHashed || !response.hasHeader('cache-control')) {
        response.setHeader('cache-control', control)
      }
      response.setHeader('x-content-type-options', 'nosniff')
      // sirv does not know it.
      if (pathname.endsWith('.ico')) response.setHeader('content-type', 'image/x-icon')
    },
  })
  return (request, response, next) => {
    const { method, url = '/' } = request
    const isRead = method === 'GET' || method === 'HEAD'
    const own = url.startsWith(`${basePath}/`) ? url.slice(basePath.length) : null
    if (!isRead || own === null || isBelow(own, links)) return next?.(undefined)
    const more = headersFor?.({ target: url, headers: request.headers }) ?? []
    for (const header of more) response.setHeader(...header)
    request.url = own
    serve(request, response, () => {
      request.url = url
      // It is no file, and whoever answers it asks the same rules.
      for (const [name] of more) response.removeHeader(name)
      next?.(undefined)
    })
  }
}

/** Paths of symbolic links to files that are none of the app's. */
function linksToOutside(directory: string): string[] {
  if (!existsSync(directory)) return []
  const root = realpathSync(directory) + path.sep
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isSymbolicLink())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => !existsSync(file) || !realpathSync(file).startsWith(root))
    .map((file) => `/${path.relative(directory, file).replaceAll(path.sep, '/')}`)
}

/** Decodes as sirv does, so that no spelling of a path is seen in two ways. */
function isBelow(target: string, links: readonly string[]): boolean {
  if (links.length === 0) return false
  const [encoded = ''] = target.split('?', 1)
  const pathname = encoded.includes('%') ? decode(encoded) : encoded
  return links.some((link) => pathname === link || pathname.startsWith(`${link}/`))
}

function decode(pathname: string): string {
  try {
    return decodeURI(pathname)
  } catch {
    // A malformed escape is no name of a file.
    return pathname
  }
}
