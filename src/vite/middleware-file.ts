import { existsSync } from 'node:fs'
import path from 'node:path'

const names = ['proxy', 'middleware']
const endings = ['ts', 'tsx', 'js', 'jsx', 'mjs']

export class MiddlewareFileError extends Error {
  override name = 'MiddlewareFileError'
}

/**
 * The file that requests go through first: `proxy` or `middleware` beside `app/`, or at the root.
 * Relative to the root, with forward slashes; `null` where the app has none.
 * @throws MiddlewareFileError for two of them
 */
export function findMiddleware(root: string, appDirectory: string): string | null {
  const directories = [...new Set([path.dirname(appDirectory), root])]
  const found = directories.flatMap((directory) =>
    names.flatMap((name) => endings.map((ending) => path.join(directory, `${name}.${ending}`))),
  )
  const files = found
    .filter((file) => existsSync(file))
    .map((file) => path.relative(root, file).replaceAll(path.sep, '/'))
  const [file = null, other] = files
  if (other === undefined) return file
  throw new MiddlewareFileError(
    `${file} and ${other} would both be what requests go through first: keep one.`,
  )
}

/** Whether a file, by its path, is or was one of those that `findMiddleware` looks for. */
export function isMiddlewareFile(file: string): boolean {
  const { name, ext } = path.parse(file)
  return names.includes(name) && endings.includes(ext.slice(1))
}
