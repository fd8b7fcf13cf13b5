import type { IncomingHttpHeaders } from 'node:http'
import type { Readable } from 'node:stream'
import type { FormOptions } from '../server/exchange.ts'
import { isRefusal, Refusal } from '../server/refusal.ts'
import { createFormParser } from './form-parser.ts'

/** The whole body. @throws Refusal `too-large` as soon as more than `limit` bytes arrived */
export async function readBytes(source: Readable, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  await readChunks(source, limit, (chunk) => chunks.push(chunk))
  return joined(chunks)
}

/** The body as text. @throws Refusal as above */
export async function readText(source: Readable, limit: number): Promise<string> {
  const chunks: Buffer[] = []
  await readChunks(source, limit, (chunk) => chunks.push(chunk))
  return joined(chunks).toString('utf8')
}

function joined(chunks: readonly Buffer[]): Buffer {
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)
}

export type FormBody = { source: Readable; headers: IncomingHttpHeaders }

/**
 * The body as a form, parsed as it arrives. It is read no further than the first field that
 * `onField` refuses. @throws Refusal
 */
export async function readForm(
  { source, headers }: FormBody,
  options: FormOptions,
): Promise<FormData> {
  const parser = createFormParser(headers, options)
  let length = 0
  await readChunks(source, options.limit, (chunk) => {
    length += chunk.length
    options.onSize?.(length)
    parser.write(chunk)
  })
  return parser.end()
}

/** The bytes are counted as they come, because a declared length can lie and may be missing. */
function readChunks(source: Readable, limit: number, take: (chunk: Buffer) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    // What is broken off already emits nothing any more.
    if (source.destroyed) reject(new Refusal('bad-request', 'Broken off'))
    let length = 0
    const onData = (chunk: Buffer): void => {
      length += chunk.length
      try {
        if (length > limit) throw tooLarge(limit)
        take(chunk)
      } catch (error) {
        source.off('data', onData)
        reject(error)
      }
    }
    source.on('data', onData)
    source.on('end', resolve)
    // Node emits it, too, for a client that goes away in the middle of a body.
    source.on('error', (cause) =>
      reject(isRefusal(cause) ? cause : new Refusal('bad-request', `Broken off: ${cause.message}`)),
    )
  })
}

function tooLarge(limit: number): Refusal {
  return new Refusal('too-large', `The body is over the limit of ${limit} bytes (bodySizeLimit)`)
}
