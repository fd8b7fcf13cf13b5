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
  const { 'accept-encoding': accepted = '' } = incoming.headers
  const encoding = acceptedEncoding(Array.isArray(accepted) ? accepted.join(',') : accepted)
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

/** gzip costs a server least; a client that only takes brotli gets that. */
function acceptedEncoding(header: string): 'gzip' | 'br' | null {
  const accepted = new Set(header.split(',').filter(isAccepted).map(encodingName))
  if (accepted.has('gzip')) return 'gzip'
  return accepted.has('br') ? 'br' : null
}

function encodingName(item: string): string {
  return (item.split(';', 1)[0] ?? '').trim().toLowerCase()
}

/** A weight of zero means "anything but this". */
function isAccepted(item: string): boolean {
  return !/;\s*q=0(?:\.0*)?\s*$/i.test(item)
}
