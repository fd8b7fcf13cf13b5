import path from 'node:path'
import { fileURLToPath } from 'node:url'

const folder = path.dirname(path.dirname(fileURLToPath(import.meta.url)))
/** `.js` in the published package, `.ts` where tests run from source. */
const extension = path.extname(fileURLToPath(import.meta.url))

/** The directory of Volley's package.json. */
export const packageRoot: string = path.dirname(folder)

/** The absolute path of one of Volley's own modules, named as below `src/`: `entry/rsc`. */
export function ownModule(name: string): string {
  return path.join(folder, name + extension)
}

/** Whether a module is Volley's own. */
export function isOwnModule(id: string): boolean {
  return path.normalize(id).startsWith(folder + path.sep)
}
