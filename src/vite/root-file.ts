import { existsSync } from 'node:fs'
import path from 'node:path'
import { normalizePath } from 'vite'

const extensions = ['ts', 'js', 'tsx', 'jsx', 'mts', 'mjs']

/** A file that an app may have in its root or in `src/`: its absolute path, or `null`. */
export function findRootFile(root: string, name: string): string | null {
  const places = [root, path.join(root, 'src')]
  const files = places.flatMap((place) =>
    extensions.map((extension) => path.join(place, `${name}.${extension}`)),
  )
  const found = files.find(existsSync)
  return found === undefined ? null : normalizePath(found)
}

/** Whether a file that came or went is such a file. */
export function isRootFile(root: string, name: string, file: string): boolean {
  const { dir, name: own, ext } = path.parse(path.relative(root, file))
  return ['', 'src'].includes(dir) && own === name && extensions.includes(ext.slice(1))
}
