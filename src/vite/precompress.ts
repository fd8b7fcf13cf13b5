import { readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

const compressible = /\.(?:js|css|svg|json|html|txt|xml|webmanifest)$/
/** In bytes; below it a compressed copy saves nothing that a network would notice. */
const leastSize = 1024

export type Sizes = { files: number; bytes: number; gzipBytes: number }

/** Writes `.br` and `.gz` copies beside the files of a directory, for a server to send as they are. */
export async function precompress(directory: string): Promise<Sizes> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  const sizes = await Promise.all(
    files.map((entry) => precompressFile(path.join(entry.parentPath, entry.name))),
  )
  return {
    files: files.length,
    bytes: sizes.reduce((sum, size) => sum + size.bytes, 0),
    gzipBytes: sizes.reduce((sum, size) => sum + size.gzipBytes, 0),
  }
}

async function precompressFile(file: string): Promise<{ bytes: number; gzipBytes: number }> {
  const content = await readFile(file)
  const bytes = content.length
  if (bytes < leastSize || !compressible.test(file)) return { bytes, gzipBytes: bytes }
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 10,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes,
  }
  const [brotli, gzipped] = await Promise.all([
    promisify(brotliCompress)(content, { params }),
    promisify(gzip)(content, { level: 9 }),
  ])
  await Promise.all([writeFile(`${file}.br`, brotli), writeFile(`${file}.gz`, gzipped)])
  return { bytes, gzipBytes: gzipped.length }
}
