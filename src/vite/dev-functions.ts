import { existsSync } from 'node:fs'
import path from 'node:path'
import type { RunnableDevEnvironment } from 'vite'
import type { CompiledFunction } from '../compiler/compile-server.ts'
import type { FunctionTable } from '../flight/function-table.ts'
import { pathOfReadableId } from '../secret/function-id.ts'
import type { FunctionRecords } from './function-records.ts'

/**
 * The table of development. A page that was loaded before the dev server was restarted calls
 * functions of modules that it has not seen yet, so an id that names a file of the app is looked
 * up there. What counts is still whether compiling that file registers this very id.
 */
export function createDevFunctions(
  rsc: RunnableDevEnvironment,
  records: FunctionRecords,
): FunctionTable {
  const { root } = rsc.config
  const moduleOf = (id: string): string | undefined =>
    records.modules().find((module) => holds(module, id)) ?? moduleNamedBy(id, root)
  const holds = (module: string, id: string): CompiledFunction | undefined =>
    records.functionsOf(module).find((found) => found.id === id)

  return {
    get(id) {
      const module = moduleOf(id)
      if (module === undefined) return undefined
      return {
        name: id.slice(0, -1),
        async load() {
          const exports = await rsc.runner.import<Record<string, unknown>>(module)
          // Asked after the import, which compiles what was edited.
          const found = holds(module, id)
          return found ? exports[found.exportName] : undefined
        },
      }
    },
  }
}

function moduleNamedBy(id: string, root: string): string | undefined {
  const named = pathOfReadableId(id)
  if (named === null || !/\.[cm]?[jt]sx?$/.test(named)) return undefined
  const file = path.resolve(root, named)
  return file.startsWith(root + path.sep) && existsSync(file) ? file : undefined
}
