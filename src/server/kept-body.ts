import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import { keyField } from '../wire/form-field.ts'
import { acceptedEncoding } from './accepted-encoding.ts'
import type { ServerAnswer, ServerRequest } from './exchange.ts'

type Headers = ServerAnswer['headers']

/**
 * A page as it is kept: its headers as a line of JSON, and its body, compressed as nearly every
 * browser takes it, as one character a byte.
 */
export async function encodeKept(headers: Headers, body: Buffer): Promise<string> {
  const compressed = await compress(withoutKeys(body))
  return `${JSON.stringify(headers)}\n${compressed.toString('latin1')}`
}

/** The counterpart of `encodeKept`: the answer for a request. */
export async function keptAnswer(text: string, request: ServerRequest): Promise<ServerAnswer> {
  const end = text.indexOf('\n')
  const headers = JSON.parse(text.slice(0, end)) as Headers
  headers.push(['vary', 'accept-encoding'])
  const bytes = Buffer.from(text.slice(end + 1), 'latin1')
  if (acceptedEncoding(request.headers['accept-encoding']) !== 'gzip') {
    return { status: 200, headers, body: await decompress(bytes) }
  }
  headers.push(['content-encoding', 'gzip'])
  return { status: 200, headers, body: bytes }
}

/** A form's key is for one submission of one visitor. */
function withoutKeys(body: Buffer): Buffer {
  if (!body.includes(keyField)) return body
  return Buffer.from(body.toString('latin1').replaceAll(keyInput, ''), 'latin1')
}

const keyInput = new RegExp(
  String.raw`<input type="hidden" name="${keyField.replace('$', String.raw`\$`)}" value="[\w-]*"/>`,
  'g',
)

const compress = promisify<Buffer, Buffer>(gzip)
const decompress = promisify<Buffer, Buffer>(gunzip)
