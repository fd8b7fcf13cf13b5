import { createHash } from 'node:crypto'
import type { ResolvedConfig } from 'vite'
import type { CompiledFunction } from '../compiler/compile-server.ts'
import type { FunctionList, ListedFunction } from '../secret/function-list.ts'
import { fingerprint } from '../secret/key-ring.ts'
import type { AppModule } from './app-module.ts'
import type { FunctionRecords } from './function-records.ts'
import { functionTable, type TableFunction } from './function-table.ts'
import type { Keys } from './keys.ts'
import { pathOf } from './module-file.ts'
import { flightVersion, reactVersion } from './react-version.ts'
import { componentName, type NamedComponent, type RegionRecords } from './region-records.ts'
import type { ScannedSources } from './scan.ts'
import { isScan } from './server-components.ts'

type AppFunctionsOptions = {
  records: FunctionRecords
  regions: RegionRecords
  sources: ScannedSources
  keysOf: (root: string) => Keys
}

/** What a build makes of the records once all importers are known. */
export interface AppFunctions {
  /** What the generated module of the app holds in this pass. */
  table(config: ResolvedConfig): Pick<AppModule, 'functions' | 'components' | 'loaded' | 'isStyled'>
  list(root: string): FunctionList
  /** The same for the same sources, key and public variables. */
  buildId(config: ResolvedConfig): string
}

export function createAppFunctions({
  records,
  regions,
  sources,
  keysOf,
}: AppFunctionsOptions): AppFunctions {
  const callable = (root: string) =>
    records.modules().flatMap((module) =>
      records.functionsOf(module).flatMap((found) => {
        const importers = importersOf(found, module, records)
        return importers.length === 0 ? [] : [{ module, ...listed(found, importers, root) }]
      }),
    )
  return {
    table(config) {
      // In development the server gets its table from the dev server.
      const none = { functions: 'new Map()', components: 'new Map()', isStyled }
      if (config.command === 'serve') return { ...none, loaded: [] }
      if (isScan(config)) return { ...none, loaded: records.modules() }
      return {
        functions: functionTable(callable(config.root)),
        components: functionTable(regions.components().map(tableEntry)),
        loaded: [],
        isStyled: (file) => sources.isStyled(file),
      }
    },
    list: (root) => ({
      key: fingerprint(keysOf(root).ring[0]),
      react: reactVersion(root),
      flight: flightVersion(root),
      functions: callable(root).map(({ module: _module, ...rest }) => rest),
    }),
    buildId({ command, root, define, env }) {
      if (command === 'serve') return 'dev'
      const hash = createHash('sha256')
      hash.update(sources.hash((id) => id.replaceAll(root, '')))
      hash.update(JSON.stringify([fingerprint(keysOf(root).ring[0]), define, env]))
      return hash.digest('base64url').slice(0, 16)
    },
  }
}

/** An inline function is where it is used; it needs no importer. */
function importersOf(found: CompiledFunction, module: string, records: FunctionRecords): string[] {
  return found.exported ? records.importersOf(module, found.exportNames) : [module]
}

function listed(found: CompiledFunction, importers: string[], root: string): ListedFunction {
  const { path, name, hash, arity, id, exportName, line, exported } = found
  const files = importers.filter((importer) => !importer.startsWith('\0'))
  const referencedBy = files.map((file) => pathOf(file, root))
  return { path, name, hash, arity, id, exportName, line, exported, referencedBy }
}

function tableEntry(found: NamedComponent): TableFunction {
  return { ...found, id: componentName(found), name: found.exportName }
}

/** Until a build knows better. */
function isStyled(): boolean {
  return true
}
