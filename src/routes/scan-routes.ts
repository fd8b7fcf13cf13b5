import { checkRoutes } from './check-routes.ts'
import { parseMetadataFile, type MetadataFile, type PlacedMetadataFile } from './metadata-file.ts'
import { RouteError } from './route-error.ts'
import { parseRouteFile, type FileKind, type RouteFile } from './route-file.ts'
import type { Segment } from './segment.ts'

/** A directory of `app/`. Plain JSON, so that a build can write the tree into the server bundle. */
export type RouteNode = {
  /** Relative to `app/`; '' for the root: `posts/[id]`, `(shop)/cart`. */
  dir: string
  segment: Segment
  /** Relative to `app/`. */
  files: Partial<Record<FileKind, string>>
  /** Where it has any: icons, images, and texts about the app. */
  metadata?: MetadataFile[]
  children: RouteNode[]
}

/**
 * The route tree of the files below `app/`, given as paths relative to it with forward slashes.
 * Files that routing does not know are passed over; a mistake is a `RouteError`.
 */
export function scanRoutes(files: readonly string[]): RouteNode {
  // Sorted, so that the tree does not depend on the order in which a file system lists.
  const sorted = files.toSorted()
  const routeFiles = sorted.map(parseRouteFile).filter((file) => file !== null)
  const metadataFiles = sorted.map(parseMetadataFile).filter((file) => file !== null)
  const root: RouteNode = { dir: '', segment: { kind: 'root' }, files: {}, children: [] }
  for (const file of routeFiles) addFile(root, file)
  for (const placed of metadataFiles) (nodeOf(root, placed).metadata ??= []).push(placed.file)
  checkRoutes([...routeFiles, ...metadataFiles.flatMap(handlerOf)])
  return root
}

/** What code makes is answered for as by a route handler in a directory of that name. */
function handlerOf({ file, dir, segments }: PlacedMetadataFile): RouteFile[] {
  if (file.source === 'file') return []
  const segment: Segment = { kind: 'static', value: file.name }
  const directory = dir === '' ? file.name : `${dir}/${file.name}`
  return [{ path: file.path, dir: directory, kind: 'route', segments: [...segments, segment] }]
}

function nodeOf(
  root: RouteNode,
  { dir, segments }: Pick<RouteFile, 'dir' | 'segments'>,
): RouteNode {
  let node = root
  for (const [i, directory] of dir.split('/').entries()) {
    const segment = segments[i]
    if (segment) node = childOf(node, directory, segment)
  }
  return node
}

function addFile(root: RouteNode, file: RouteFile): void {
  const node = nodeOf(root, file)
  const other = node.files[file.kind]
  if (other !== undefined) {
    const message = `app/${other} and app/${file.path} are both the ${file.kind} of one directory: remove one.`
    throw new RouteError('duplicate-file', message, file.path)
  }
  node.files[file.kind] = file.path
}

function childOf(parent: RouteNode, directory: string, segment: Segment): RouteNode {
  const dir = parent.dir === '' ? directory : `${parent.dir}/${directory}`
  const existing = parent.children.find((child) => child.dir === dir)
  if (existing) return existing
  const child: RouteNode = { dir, segment, files: {}, children: [] }
  parent.children.push(child)
  return child
}
