import { Busboy, type BusboyHeaders } from '@fastify/busboy'
import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import type { FormOptions } from '../server/exchange.ts'
import { Refusal } from '../server/refusal.ts'

/** In bytes. The parser itself applies it to urlencoded forms only. */
const maxNameSize = 200

/** What a form may consist of, whatever its size. */
const limits = {
  fieldNameSize: maxNameSize,
  files: 20,
  parts: 1000,
  fields: 1000,
  headerPairs: 20,
  headerSize: 8 * 1024,
}

export interface FormParser {
  /** @throws Refusal when the form is malformed or a limit is exceeded */
  write(chunk: Buffer): void
  end(): Promise<FormData>
}

/** Parses a multipart or urlencoded form into `FormData`; file names are kept as data. */
export function createFormParser(incoming: IncomingMessage, options: FormOptions): FormParser {
  // In the order of the parts, by which React finds the fields of a form; files end late.
  const entries: [name: string, value: string | File][] = []
  const parser = busboy(incoming, options)
  let failure: unknown = null
  const fail = (error: unknown): void => {
    failure ??= error
  }
  const refuse = (reason: string) => () => fail(new Refusal('bad-request', reason))
  const ended = new Promise<void>((resolve) => {
    parser.on('finish', () => resolve())
    parser.on('error', (error: unknown) => {
      refuse(`Malformed form: ${String(error)}`)()
      resolve()
    })
  })
  for (const limit of ['partsLimit', 'filesLimit', 'fieldsLimit']) {
    parser.on(limit, refuse(`The form exceeds its ${limit}`))
  }
  parser.on('field', (...field) => {
    const [name, value, isNameCut, isValueCut] = field
    if (isNameCut || isValueCut || !isName(name))
      return refuse('A field of the form is too long, or has no name')()
    try {
      options.onField?.(name, value)
      entries.push([name, value])
    } catch (error) {
      fail(error)
    }
  })
  parser.on('file', (...file) => {
    const [name, stream, fileName, , type] = file
    if (!isName(name)) refuse('A file of the form has no name, or one that is too long')()
    try {
      // React names functions by keys alone, and a file has one, too.
      options.onField?.(name, '')
    } catch (error) {
      fail(error)
    }
    const index = entries.push([name, '']) - 1
    const onEnd = (chunks: Chunks) => {
      entries[index] = [name, new File(chunks, fileName ?? '', { type })]
    }
    collect(stream, onEnd, fail)
  })
  const check = (): void => {
    if (failure !== null) throw failure
  }
  return {
    write(chunk) {
      parser.write(chunk)
      check()
    },
    async end() {
      parser.end()
      await ended
      check()
      return formOf(entries)
    },
  }
}

type Chunks = Buffer<ArrayBuffer>[]

function collect(stream: Readable, done: (chunks: Chunks) => void, fail: (error: unknown) => void) {
  const chunks: Chunks = []
  stream.on('data', (chunk: Buffer<ArrayBuffer>) => chunks.push(chunk))
  stream.on('error', fail)
  stream.on('end', () => done(chunks))
}

function formOf(entries: readonly [string, string | File][]): FormData {
  const form = new FormData()
  for (const [name, value] of entries) form.append(name, value)
  return form
}

/** The parser leaves the name out where a part has none, whatever its types say. */
function isName(name: string | undefined): boolean {
  return name !== undefined && Buffer.byteLength(name) <= maxNameSize
}

function busboy(incoming: IncomingMessage, { limit }: FormOptions): InstanceType<typeof Busboy> {
  try {
    return new Busboy({
      headers: incoming.headers as BusboyHeaders,
      limits: { ...limits, fieldSize: limit },
      preservePath: true,
    })
  } catch (error) {
    throw new Refusal('bad-request', `Malformed form: ${String(error)}`)
  }
}
