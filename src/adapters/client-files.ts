import sirv from 'sirv'
import type { NodeListener } from './node.ts'

/** Vite puts what has a hash in its name here. */
const hashedFolder = '/assets/'

/**
 * Serves the files of `dist/client`; `next` gets every other request. The list of files is read
 * once, so no path of a request ever reaches the file system.
 */
export function createClientFiles(directory: string): NodeListener {
  const serve = sirv(directory, {
    etag: true,
    brotli: true,
    gzip: true,
    // A page is what routing says: `/about` is never the file `about.html`.
    extensions: [],
    setHeaders(response, pathname) {
      const isHashed = pathname.startsWith(hashedFolder)
      const control = isHashed ? 'public, max-age=31536000, immutable' : 'public, max-age=0'
      response.setHeader('cache-control', control)
      response.setHeader('x-content-type-options', 'nosniff')
    },
  })
  return (request, response, next) => {
    const isRead = request.method === 'GET' || request.method === 'HEAD'
    if (isRead) serve(request, response, () => next?.(undefined))
    else next?.(undefined)
  }
}
