import type { Parse } from '../compiler/ast.ts'
import { recordImports, type ImportRecord } from '../compiler/import-record.ts'
import type { RecordedModule } from '../compiler/reachability.ts'

/** The modules of one environment, as a pass of a build has seen them. */
export interface ModuleGraph {
  importers(id: string): readonly string[]
  /** Source of a module as JavaScript; undefined for one that takes all of what it imports. */
  code(id: string): string | undefined
  resolve(source: string, importer: string): Promise<string | undefined>
}

/**
 * Reads the modules that import one of the targets, and those that import it through them. Only
 * these are parsed, of all the modules of an app.
 */
export async function recordImporters(
  targets: readonly string[],
  graph: ModuleGraph,
  parse: Parse,
): Promise<RecordedModule[]> {
  const recorded = new Map<string, RecordedModule>()
  const queue = [...targets]
  // The queue grows while it is read: by the modules that pass on what they import.
  for (const id of queue) {
    for (const importer of graph.importers(id)) {
      if (recorded.has(importer)) continue
      const code = graph.code(importer)
      const module = code === undefined ? takesAll(importer, id) : await read(importer, code)
      recorded.set(importer, module)
      const { reexports, stars } = module.record
      if (reexports.length > 0 || stars.length > 0) queue.push(importer)
    }
  }
  return [...recorded.values()]

  async function read(id: string, code: string): Promise<RecordedModule> {
    const record = recordImports(parse(code, 'js'))
    const resolved = new Map<string, string>()
    for (const source of sourcesOf(record)) {
      const found = await graph.resolve(source, id)
      if (found !== undefined) resolved.set(source, found)
    }
    return { id, record, resolved }
  }
}

function sourcesOf({ imports, reexports, stars }: ImportRecord): Set<string> {
  return new Set([...[...imports, ...reexports].map(({ from }) => from), ...stars])
}

function takesAll(importer: string, id: string): RecordedModule {
  const imports = [{ from: id, name: '*' }]
  return {
    id: importer,
    record: { imports, reexports: [], stars: [], exports: [] },
    resolved: new Map([[id, id]]),
  }
}
