import type { Entry } from './cache-store.ts'

type Header = Omit<Entry, 'value'> & { encoding: BufferEncoding }

/** One line of JSON, and the value. */
export function encodeEntry({ value, ...about }: Entry): Buffer {
  const encoding = encodingOf(value)
  const header: Header = { ...about, encoding }
  return Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`), Buffer.from(value, encoding)])
}

/** `null` for what is none. */
export function decodeEntry(bytes: Buffer): Entry | null {
  const end = bytes.indexOf('\n')
  try {
    const { encoding, ...about } = JSON.parse(bytes.toString('utf8', 0, end)) as Header
    return { ...about, value: bytes.toString(encoding, end + 1) }
  } catch {
    // Something else wrote it.
    return null
  }
}

/** The shortest that loses nothing: UTF-8 has no way to write half of a pair. */
function encodingOf(value: string): BufferEncoding {
  if (!/[\u0100-\uffff]/.test(value)) return 'latin1'
  return value.isWellFormed() ? 'utf8' : 'utf16le'
}
