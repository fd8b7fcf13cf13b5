import { parseSegment, type Segment } from './segment.ts'

export type FileKind =
  | 'page'
  | 'layout'
  | 'loading'
  | 'error'
  | 'global-error'
  | 'not-found'
  | 'forbidden'
  | 'unauthorized'
  | 'template'
  | 'default'
  | 'route'

/** One of the files that routing knows by name. */
export type RouteFile = {
  /** Relative to `app/`. */
  path: string
  dir: string
  kind: FileKind
  /** One for each directory from `app/` down to the file. */
  segments: Segment[]
}

const scripts = ['js', 'jsx', 'ts', 'tsx']
const extensions: Record<FileKind, readonly string[]> = {
  page: [...scripts, 'mdx'],
  layout: scripts,
  loading: scripts,
  error: scripts,
  'global-error': scripts,
  'not-found': scripts,
  forbidden: scripts,
  unauthorized: scripts,
  template: scripts,
  default: scripts,
  route: scripts,
}

/** `null` for a file that routing does not know, and for every file of a private folder (`_name`). */
export function parseRouteFile(path: string): RouteFile | null {
  const directories = path.split('/')
  const kind = fileKind(directories.pop() ?? '')
  if (!kind || directories.some((directory) => directory.startsWith('_'))) return null
  const segments = directories.map((directory) => parseSegment(directory, path))
  return { path, dir: directories.join('/'), kind, segments }
}

function fileKind(name: string): FileKind | null {
  const dot = name.indexOf('.')
  const kind = name.slice(0, dot)
  return isFileKind(kind) && extensions[kind].includes(name.slice(dot + 1)) ? kind : null
}

function isFileKind(name: string): name is FileKind {
  return Object.hasOwn(extensions, name)
}
