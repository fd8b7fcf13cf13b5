import { parseSegment, type Segment } from './segment.ts'

export type MetadataKind =
  | 'favicon'
  | 'icon'
  | 'apple-icon'
  | 'opengraph-image'
  | 'twitter-image'
  | 'robots'
  | 'sitemap'
  | 'manifest'

/** A file that is served, or whose code makes what is served, and that pages may refer to. */
export type MetadataFile = {
  /** Relative to `app/`. */
  path: string
  kind: MetadataKind
  source: 'code' | 'file'
  /** The last segment of its URL: `icon.png`, `icon1`, `robots.txt`. */
  name: string
}

/** In pixels. */
export type ImageSize = { width: number; height: number }

/** What only reading a file can tell. Texts and drawings have no size. */
export type MetadataFacts =
  | { source: 'code'; hash: string }
  | { source: 'file'; url: string; type: string; size: ImageSize | null; alt: string | null }

type Form = {
  /** Extensions of files that are served as they are. */
  extensions: readonly string[]
  /** The name under which what code makes is served; an image is served under its file's own. */
  made?: string
  place: 'root' | 'anywhere'
}

const scripts = new Set(['js', 'jsx', 'ts', 'tsx'])

const forms: Record<MetadataKind, Form> = {
  favicon: { extensions: ['ico'], place: 'root' },
  icon: { extensions: ['ico', 'jpg', 'jpeg', 'png', 'svg'], place: 'anywhere' },
  'apple-icon': { extensions: ['jpg', 'jpeg', 'png'], place: 'anywhere' },
  'opengraph-image': { extensions: ['jpg', 'jpeg', 'png', 'gif'], place: 'anywhere' },
  'twitter-image': { extensions: ['jpg', 'jpeg', 'png', 'gif'], place: 'anywhere' },
  robots: { extensions: ['txt'], made: 'robots.txt', place: 'root' },
  sitemap: { extensions: ['xml'], made: 'sitemap.xml', place: 'anywhere' },
  manifest: { extensions: ['json', 'webmanifest'], made: 'manifest.webmanifest', place: 'root' },
}

/** An image that is made by code, or there may be several of: `icon`, `icon1`, `icon2`. */
export function isImage(kind: MetadataKind): boolean {
  return kind !== 'favicon' && forms[kind].made === undefined
}

/** A metadata file, and the segments of its directory. */
export type PlacedMetadataFile = { file: MetadataFile; dir: string; segments: Segment[] }

/** `null` for other files, and for those of private folders and of slots, which have no URL. */
export function parseMetadataFile(path: string): PlacedMetadataFile | null {
  const directories = path.split('/')
  const parsed = parseName(directories.pop() ?? '')
  if (!parsed || directories.some((directory) => /^[_@]/.test(directory))) return null
  const { kind, number, extension } = parsed
  if (forms[kind].place === 'root' && directories.length > 0) return null
  const segments = directories.map((directory) => parseSegment(directory, path))
  const source = forms[kind].extensions.includes(extension) ? 'file' : 'code'
  // Two groups may each have an icon for the same URL.
  const groups = segments.flatMap((segment) => (segment.kind === 'group' ? [segment.name] : []))
  const stem = isImage(kind) ? [kind + number, ...groups].join('-') : kind
  const name = source === 'file' ? `${stem}.${extension}` : (forms[kind].made ?? stem)
  return { file: { path, kind, source, name }, dir: directories.join('/'), segments }
}

function parseName(name: string): { kind: MetadataKind; number: string; extension: string } | null {
  const [, kind = '', number = '', extension = ''] = /^([a-z-]+)(\d?)\.([a-z]+)$/.exec(name) ?? []
  if (!isMetadataKind(kind) || (number !== '' && !isImage(kind))) return null
  const isCode = kind !== 'favicon' && scripts.has(extension)
  return isCode || forms[kind].extensions.includes(extension) ? { kind, number, extension } : null
}

function isMetadataKind(name: string): name is MetadataKind {
  return Object.hasOwn(forms, name)
}
