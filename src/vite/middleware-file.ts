import path from 'node:path'
import { findRootFiles, isRootFile } from './root-file.ts'

const names = ['proxy', 'middleware']

/** Two files of which each would be the one that requests go through first. */
export class MiddlewareFileError extends Error {
  override name = 'MiddlewareFileError'
  /** The absolute path of the one that may be too many. */
  readonly file: string

  constructor(message: string, file: string) {
    super(message)
    this.file = file
  }
}

/**
 * The file that requests go through first, `proxy` or `middleware`: its absolute path, or `null`.
 * @throws MiddlewareFileError for two of them
 */
export function findMiddleware(root: string): string | null {
  const [file = null, other] = names.flatMap((name) => findRootFiles(root, name))
  if (file === null || other === undefined) return file
  const [kept, extra] = [file, other].map((found) => path.relative(root, found))
  throw new MiddlewareFileError(
    `${kept} and ${extra} would both be what requests go through first: keep one.`,
    other,
  )
}

/** Whether a file that came or went is such a file. */
export function isMiddlewareFile(root: string, file: string): boolean {
  return names.some((name) => isRootFile(root, name, file))
}
