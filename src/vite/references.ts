import { readImports, type ModuleImports } from './module-imports.ts'

/** The modules of one environment, as a build has seen them. */
export interface ImportGraph {
  importers(id: string): readonly string[]
  /** Source of a module as JavaScript; undefined where it is not known who uses what. */
  code(id: string): string | undefined
  resolve(source: string, importer: string): Promise<string | undefined>
}

/** The importers of each export of a module; `*` stands for every export. */
export type References = Map<string, Set<string>>

/** Who imports what of a module: by name, and through other modules' re-exports. */
export async function findReferences(graph: ImportGraph, target: string): Promise<References> {
  const reads = new Map<string, Promise<ModuleImports>>()
  const read = (code: string, id: string) => {
    const known = reads.get(id) ?? readImports(code)
    reads.set(id, known)
    return known
  }

  const search = async (id: string, above: readonly string[]): Promise<References> => {
    const found: References = new Map()
    const add = (name: string, importers: Iterable<string>) =>
      found.set(name, new Set([...(found.get(name) ?? []), ...importers]))
    for (const importer of graph.importers(id)) {
      const code = graph.code(importer)
      if (code === undefined) {
        add('*', [importer])
        continue
      }
      const { uses, reexports } = await read(code, importer)
      const isTarget = async ({ source }: { source: string }) =>
        (await graph.resolve(source, importer)) === id
      for (const use of uses) if (await isTarget(use)) add(use.name, [importer])
      // Two modules may re-export from each other: each is looked at once on the way.
      if (reexports.length === 0 || above.includes(importer)) continue
      const further = await search(importer, [...above, id])
      for (const reexport of reexports) {
        if (await isTarget(reexport)) passOn(reexport, further, add)
      }
    }
    return found
  }
  return search(target, [])
}

type Reexport = ModuleImports['reexports'][number]

/** What the users of a re-exporting module use of the module behind it. */
function passOn(
  { imported, exported }: Reexport,
  further: References,
  add: (name: string, importers: Iterable<string>) => void,
): void {
  for (const [name, importers] of further) {
    if (exported === '*') {
      if (name !== 'default') add(name, importers)
    } else if (name === exported || name === '*') {
      add(imported, importers)
    }
  }
}
