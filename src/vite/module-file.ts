import path from 'node:path'
import { normalizePath } from 'vite'

/** The file of a module: its id without a query. */
export function fileOf(id: string): string {
  return id.replace(/[?#].*$/, '')
}

/** The same, relative to the root, with forward slashes. */
export function pathOf(id: string, root: string): string {
  return normalizePath(path.relative(root, fileOf(id)))
}
