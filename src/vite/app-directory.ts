import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'

export class AppDirectoryError extends Error {
  override name = 'AppDirectoryError'
}

/** The absolute path of `app/` or `src/app/`. @throws AppDirectoryError if there is neither */
export function findAppDirectory(root: string): string {
  const found = ['app', 'src/app'].map((name) => path.join(root, name)).find(existsSync)
  if (found !== undefined) return found
  throw new AppDirectoryError(
    `There is no app/ and no src/app/ in ${root}. Create app/layout.tsx and app/page.tsx, or let \`volley new <dir>\` do it.`,
  )
}

/** Every file below the directory, relative to it, with forward slashes. */
export function listFiles(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(directory, path.join(entry.parentPath, entry.name)))
    .map((file) => file.replaceAll(path.sep, '/'))
}
