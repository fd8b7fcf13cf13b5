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
  // A module's id may end in a query, so a function is looked for in all of them.
  const find = (id: string): { module: string; found: CompiledFunction } | undefined => {
    for (const module of records.modules()) {
      const found = records.functionsOf(module).find((candidate) => candidate.id === id)
      if (found) return { module, found }
    }
    return undefined
  }
  const moduleOf = (id: string): string | undefined => {
    const known = find(id)
    if (known) return known.module
    const named = moduleNamedBy(id, rsc.config.root)
    const isModule = named && (named.isInApp || records.modules().includes(named.file))
    return isModule ? named.file : undefined
  }

  return {
    get(id) {
      const module = moduleOf(id)
      if (module === undefined) return undefined
      return {
        name: id.slice(0, -1),
        async load() {
          // Compiled, not run: only a module that registers this id may be imported for it. One
          // that was compiled before is left to the runner, which knows what was edited.
          if (!find(id)) await rsc.transformRequest(module)
          if (!find(id)) return undefined
          const exports = await rsc.runner.import<Record<string, unknown>>(module)
          const known = find(id)
          return known ? exports[known.found.exportName] : undefined
        },
      }
    },
  }
}

/** The file that an id names, and whether it is one of the app's. */
function moduleNamedBy(id: string, root: string): { file: string; isInApp: boolean } | undefined {
  const named = pathOfReadableId(id)
  if (named === null || !/\.[cm]?[jt]sx?$/.test(named)) return undefined
  const file = path.resolve(root, named)
  return { file, isInApp: file.startsWith(root + path.sep) && existsSync(file) }
}
