import type { IncomingHttpHeaders } from 'node:http'
import { Busboy, type BusboyHeaders } from '@fastify/busboy'
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
  /** The size of the whole body is counted where it is read. */
  fieldSize: Infinity,
}

export interface FormParser {
  /** @throws Refusal when the form is malformed or a limit is exceeded */
  write(chunk: Buffer): void
  end(): Promise<FormData>
}

/** Parses a multipart or urlencoded form into `FormData`; file names are kept as data. */
export function createFormParser(headers: IncomingHttpHeaders, options: FormOptions): FormParser {
  // In the order of the parts, by which React finds the fields of a form; files end late.
  const entries: Entry[] = []
  const parser = busboy(headers)
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
  /** React names functions by keys alone, and a file has one, too. */
  const isWanted = (name: string | undefined, value: string): boolean => {
    try {
      if (!isName(name)) throw new Refusal('bad-request', 'A part has no name, or a long one')
      options.onField?.(name, value)
      return true
    } catch (error) {
      fail(error)
      return false
    }
  }
  parser.on('field', (name, value) => {
    if (isWanted(name, value)) entries.push({ name, value })
  })
  parser.on('file', (...file) => {
    const [name, stream, fileName, , type] = file
    stream.on('error', fail)
    if (isWanted(name, '')) entries.push(fileEntry(stream, { name, fileName, type }))
    // Unread, it would hold up what comes behind it.
    else stream.resume()
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
      const form = new FormData()
      for (const { name, value } of entries) form.append(name, value)
      return form
    },
  }
}

type Entry = { name: string; value: string | File }
type FilePart = { name: string; fileName: string | undefined; type: string }

/** Its value is the file once the stream has ended. */
function fileEntry(stream: NodeJS.ReadableStream, { name, fileName, type }: FilePart): Entry {
  const entry: Entry = { name, value: '' }
  const chunks: Buffer<ArrayBuffer>[] = []
  stream.on('data', (chunk: Buffer<ArrayBuffer>) => chunks.push(chunk))
  stream.on('end', () => (entry.value = new File(chunks, fileName ?? '', { type })))
  return entry
}

/** The parser leaves the name out where a part has none, whatever its types say. */
function isName(name: string | undefined): name is string {
  return name !== undefined && Buffer.byteLength(name) <= maxNameSize
}

function busboy(headers: IncomingHttpHeaders): InstanceType<typeof Busboy> {
  try {
    return new Busboy({
      headers: headers as BusboyHeaders,
      limits,
      preservePath: true,
    })
  } catch (error) {
    throw new Refusal('bad-request', `Malformed form: ${String(error)}`)
  }
}
