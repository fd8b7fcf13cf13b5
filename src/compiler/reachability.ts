import type { ImportRecord } from './import-record.ts'

/** A module of the graph, with the modules that its specifiers stand for. */
export type RecordedModule = {
  id: string
  record: ImportRecord
  /** Module ids by specifier; one that is outside of the graph is missing. */
  resolved: ReadonlyMap<string, string>
}

/** Which exports of which modules anybody imports, however many files pass them on. */
export interface Reachability {
  /** The names that are imported of a module; `'*'` where any may be. */
  namesOf: (id: string) => ReadonlySet<string> | '*'
  isReachable: (id: string, name: string) => boolean
  /** The modules that import the name to use it, rather than to pass it on. */
  importersOf: (id: string, name: string) => string[]
}

type Import = { id: string; name: string; importer: string }

/**
 * Follows every import through re-exports to the modules that have the values. Importing counts,
 * whether or not the name is used then. A module may be recorded more than once, as it is in
 * several graphs.
 */
export function resolveReachable(modules: readonly RecordedModule[]): Reachability {
  const importers = new Map<string, Map<string, Set<string>>>()
  const queue = modules.flatMap(importsOf)
  const byId = groupById(modules)
  // The queue grows while it is read, by what the imported modules pass on.
  for (const next of queue) {
    if (!isNew(importers, next)) continue
    for (const module of byId.get(next.id) ?? []) queue.push(...passedOn(module, next))
  }
  return {
    namesOf(id) {
      const names = new Set(importers.get(id)?.keys())
      return names.has('*') ? '*' : names
    },
    isReachable(id, name) {
      const names = importers.get(id)
      return names !== undefined && (names.has(name) || names.has('*'))
    },
    importersOf(id, name) {
      const names = importers.get(id)
      return [...new Set([...(names?.get(name) ?? []), ...(names?.get('*') ?? [])])]
    },
  }
}

function importsOf({ id: importer, record, resolved }: RecordedModule): Import[] {
  return record.imports.flatMap(({ from, name }) => {
    const id = resolved.get(from)
    return id === undefined ? [] : [{ id, name, importer }]
  })
}

/** What an import of a module asks of the modules that it passes on. */
function passedOn({ record, resolved }: RecordedModule, { name, importer }: Import): Import[] {
  const named = record.reexports.filter(({ exported }) => name === '*' || exported === name)
  const isOwn = name !== '*' && (named.length > 0 || record.exports.includes(name))
  // `export *` leaves out the default export.
  const stars = isOwn || name === 'default' ? [] : record.stars.map((from) => ({ from, name }))
  return [...named, ...stars].flatMap(({ from, name: wanted }) => {
    const id = resolved.get(from)
    return id === undefined ? [] : [{ id, name: wanted, importer }]
  })
}

function groupById(modules: readonly RecordedModule[]): Map<string, RecordedModule[]> {
  const byId = new Map<string, RecordedModule[]>()
  for (const module of modules) byId.set(module.id, [...(byId.get(module.id) ?? []), module])
  return byId
}

function isNew(
  importers: Map<string, Map<string, Set<string>>>,
  { id, name, importer }: Import,
): boolean {
  const names = importers.get(id) ?? new Map<string, Set<string>>()
  const known = names.get(name) ?? new Set()
  importers.set(id, names.set(name, known))
  if (known.has(importer)) return false
  known.add(importer)
  return true
}
