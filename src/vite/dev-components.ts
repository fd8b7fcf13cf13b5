import type { RunnableDevEnvironment } from 'vite'
import type { FunctionTable } from '../flight/function-table.ts'
import type { RegionRecords } from './region-records.ts'

/**
 * The components of regions in development. A page that was loaded before the dev server was restarted
 * may know one that this server has not compiled yet: it gets its whole page then.
 */
export function createDevComponents(
  rsc: RunnableDevEnvironment,
  records: RegionRecords,
): FunctionTable {
  return {
    get(name) {
      const found = records.find(name)
      if (!found) return undefined
      return {
        name,
        async load() {
          const exports = await rsc.runner.import<Record<string, unknown>>(found.module)
          return exports[found.exportName]
        },
      }
    },
  }
}
