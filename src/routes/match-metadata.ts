import { isImage, type MetadataFile } from './metadata-file.ts'
import { searchDirectory, type Chain } from './search-chain.ts'

/** The code that makes what is served at a path; `id` tells one of several that a file makes. */
export type MetadataMatch = { file: MetadataFile; id: string | null }

/** The chain to the directory of a metadata file, and what of the file is asked for. */
export function matchMetadata(
  start: Chain,
  segments: readonly string[],
): (MetadataMatch & { chain: Chain }) | null {
  const matches: MetadataMatch[] = []
  const chain = searchDirectory([start], segments, (directory, rest) => {
    const match = matchFile(directory.at(-1)?.node.metadata ?? [], rest)
    if (match) matches.push(match)
    return match !== null
  })
  const [match] = matches
  return chain && match ? { chain, ...match } : null
}

/** What is a file needs no code to be served. */
function matchFile(
  files: readonly MetadataFile[],
  segments: readonly string[],
): MetadataMatch | null {
  const [name, part, ...rest] = segments
  if (name === undefined || rest.length > 0) return null
  for (const file of files) {
    const id = file.source === 'code' ? idOf(file, name, part) : undefined
    if (id !== undefined) return { file, id }
  }
  return null
}

/** `icon`, `icon/large`, `sitemap.xml`, `sitemap/2.xml`. `undefined` for the path of something else. */
function idOf(
  file: MetadataFile,
  name: string,
  part: string | undefined,
): string | null | undefined {
  if (part === undefined) return file.name === name ? null : undefined
  if (isImage(file.kind)) return file.name === name ? part : undefined
  const isSitemap = file.kind === 'sitemap' && name === 'sitemap'
  return isSitemap ? /^(.+)\.xml$/.exec(part)?.[1] : undefined
}
