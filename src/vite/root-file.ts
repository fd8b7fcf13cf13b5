import { existsSync } from 'node:fs'
import path from 'node:path'
import { normalizePath } from 'vite'

const extensions = ['ts', 'js', 'tsx', 'jsx', 'mts', 'mjs']

/** A file that an app may have in its root or in `src/`: its absolute path, or `null`. */
export function findRootFile(root: string, name: string): string | null {
  return findRootFiles(root, name)[0] ?? null
}

/** All files of that name, of which an app may have one. */
export function findRootFiles(root: string, name: string): string[] {
  const places = [root, path.join(root, 'src')]
  const files = places.flatMap((place) =>
    extensions.map((extension) => path.join(place, `${name}.${extension}`)),
  )
  return files.filter((file) => existsSync(file)).map(normalizePath)
}

/** Whether a file that came or went is such a file. */
export function isRootFile(root: string, name: string, file: string): boolean {
  const { dir, name: own, ext } = path.parse(path.relative(root, file))
  return ['', 'src'].includes(dir) && own === name && extensions.includes(ext.slice(1))
}
