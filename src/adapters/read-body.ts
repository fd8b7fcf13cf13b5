import type { IncomingMessage } from 'node:http'
import type { FormOptions } from '../server/exchange.ts'
import { Refusal } from '../server/refusal.ts'
import { createFormParser } from './form-parser.ts'

/** The body as text. @throws Refusal `too-large` as soon as more than `limit` bytes arrived */
export async function readText(incoming: IncomingMessage, limit: number): Promise<string> {
  const chunks: Buffer[] = []
  await readChunks(incoming, limit, (chunk) => chunks.push(chunk))
  return (chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)).toString('utf8')
}

/**
 * The body as a form, parsed as it arrives. It is read no further than the first field that
 * `onField` refuses. @throws Refusal
 */
export async function readForm(incoming: IncomingMessage, options: FormOptions): Promise<FormData> {
  const parser = createFormParser(incoming, options)
  let length = 0
  await readChunks(incoming, options.limit, (chunk) => {
    length += chunk.length
    options.onSize?.(length)
    parser.write(chunk)
  })
  return parser.end()
}

/** The bytes are counted as they come, because a declared length can lie and may be missing. */
function readChunks(
  incoming: IncomingMessage,
  limit: number,
  take: (chunk: Buffer) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    // What is broken off already emits nothing any more.
    if (incoming.destroyed) reject(new Refusal('bad-request', 'Broken off'))
    let length = 0
    const onData = (chunk: Buffer): void => {
      length += chunk.length
      try {
        if (length > limit) throw tooLarge(limit)
        take(chunk)
      } catch (error) {
        incoming.off('data', onData)
        reject(error)
      }
    }
    incoming.on('data', onData)
    incoming.on('end', resolve)
    // Node emits it, too, for a client that goes away in the middle of a body.
    incoming.on('error', (cause) =>
      reject(new Refusal('bad-request', `Broken off: ${cause.message}`)),
    )
  })
}

function tooLarge(limit: number): Refusal {
  return new Refusal('too-large', `The body is over the limit of ${limit} bytes (bodySizeLimit)`)
}
