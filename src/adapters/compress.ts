import type { IncomingMessage } from 'node:http'
import { constants, createBrotliCompress, createGzip } from 'node:zlib'
import { acceptedEncoding } from '../server/accepted-encoding.ts'

/** A stream that compresses; React flushes it wherever the browser can show what it has so far. */
export type Compressor = NodeJS.WritableStream & { flush(): void }

export type Compression = {
  headers: [name: string, value: string][]
  /** Starts to compress into the answer; absent where nothing is to be gained. */
  start?: (response: NodeJS.WritableStream) => Compressor
}

const types = /^(?:text\/|application\/(?:json|javascript|xml)|image\/svg)/

/** How an answer with these headers is compressed for the client that asked for it. */
export function compression(
  incoming: IncomingMessage,
  headers: readonly [name: string, value: string][],
): Compression {
  const type = headers.find(([name]) => name === 'content-type')?.[1] ?? ''
  const isCompressed = headers.some(([name]) => name === 'content-encoding')
  if (isCompressed || !types.test(type)) return { headers: [] }
  const encoding = acceptedEncoding(incoming.headers['accept-encoding'])
  if (!encoding) return { headers: [['vary', 'accept-encoding']] }
  return {
    headers: [
      ['vary', 'accept-encoding'],
      ['content-encoding', encoding],
    ],
    start(response) {
      const stream =
        encoding === 'gzip'
          ? createGzip({ level: 4 })
          : createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 4 } })
      stream.pipe(response)
      // A client that is gone takes what compresses for it along.
      response.once('close', () => stream.destroy())
      return stream
    },
  }
}
