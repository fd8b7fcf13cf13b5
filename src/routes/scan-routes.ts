import { checkRoutes } from './check-routes.ts'
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
  children: RouteNode[]
}

/**
 * The route tree of the files below `app/`, given as paths relative to it with forward slashes.
 * Files that routing does not know are passed over; a mistake is a `RouteError`.
 */
export function scanRoutes(files: readonly string[]): RouteNode {
  // Sorted, so that the tree does not depend on the order in which a file system lists.
  const routeFiles = files
    .toSorted()
    .map(parseRouteFile)
    .filter((file) => file !== null)
  const root: RouteNode = { dir: '', segment: { kind: 'root' }, files: {}, children: [] }
  for (const file of routeFiles) addFile(root, file)
  checkRoutes(routeFiles)
  return root
}

function addFile(root: RouteNode, file: RouteFile): void {
  let node = root
  for (const [i, directory] of file.dir.split('/').entries()) {
    const segment = file.segments[i]
    if (segment) node = childOf(node, directory, segment)
  }
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
