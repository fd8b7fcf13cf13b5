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

/** The files that a URL of the dev server may be of: it is a path as it is, or below the root. */
export function filesOfUrl(url: string, root: string): string[] {
  const file = fileOf(normalizePath(url))
  if (file.startsWith('/@fs/')) return [file.replace(/^\/@fs(?:\/(?=[A-Za-z]:))?/, '')]
  return [file, path.posix.join(root, file)]
}
