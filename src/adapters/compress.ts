import type { IncomingMessage, ServerResponse } from 'node:http'
import { constants, createBrotliCompress, createGzip } from 'node:zlib'

const types = /^(?:text\/|application\/(?:json|javascript|xml)|image\/svg)/

/**
 * A stream that compresses into the response what the client accepts; `null` where nothing is to
 * be gained. React flushes it wherever the browser can show what it has so far.
 */
export function compressor(
  incoming: IncomingMessage,
  response: ServerResponse,
): (NodeJS.WritableStream & { flush(): void }) | null {
  const type = response.getHeader('content-type')
  const isText = typeof type === 'string' && types.test(type)
  if (!isText || response.hasHeader('content-encoding') || response.headersSent) return null
  response.appendHeader('vary', 'accept-encoding')
  const encoding = acceptedEncoding(String(incoming.headers['accept-encoding'] ?? ''))
  if (!encoding) return null
  response.setHeader('content-encoding', encoding)
  const stream =
    encoding === 'gzip'
      ? createGzip({ level: 4 })
      : createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 4 } })
  stream.pipe(response)
  // A client that is gone takes what compresses for it along.
  response.once('close', () => stream.destroy())
  return stream
}

/** gzip costs a server least; a client that only takes brotli gets it. */
function acceptedEncoding(header: string): 'gzip' | 'br' | null {
  const accepted = header.split(',').flatMap((item) => {
    const [name = '', ...parameters] = item.trim().toLowerCase().split(';')
    return parameters.some((parameter) => /^\s*q=0(?:\.0*)?$/.test(parameter)) ? [] : [name]
  })
  if (accepted.includes('gzip')) return 'gzip'
  return accepted.includes('br') ? 'br' : null
}
