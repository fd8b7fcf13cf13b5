import type { CompiledFunction } from '../compiler/compile-server.ts'
import { resolveReachable, type RecordedModule } from '../compiler/reachability.ts'

/** What the passes of a build, or the dev server, learn about the app's server functions. */
export interface FunctionRecords {
  /** A module has the directive, but so far only its importers were seen. */
  announce(module: string): void
  /** What a module holds, in place of what it held before. */
  setFunctions(module: string, functions: readonly CompiledFunction[]): void
  functionsOf(module: string): readonly CompiledFunction[]
  /** Absolute paths of all modules that were announced or have functions. */
  modules(): string[]
  /** Modules that were announced, but that no pass over the server's graph has compiled. */
  unseen(): string[]
  setImporters(environment: string, importers: readonly RecordedModule[]): void
  /** Modules that import one of these exports of a module; empty if nobody does. */
  importersOf(module: string, exportNames: readonly string[]): string[]
}

export function createFunctionRecords(): FunctionRecords {
  const announced = new Set<string>()
  const found = new Map<string, readonly CompiledFunction[]>()
  const importers = new Map<string, readonly RecordedModule[]>()
  let reachable = resolveReachable([])
  return {
    announce: (module) => void announced.add(module),
    setFunctions: (module, functions) => void found.set(module, functions),
    functionsOf: (module) => found.get(module) ?? [],
    modules: () => [...new Set([...announced, ...found.keys()])].toSorted(),
    unseen: () => [...announced].filter((module) => !found.has(module)),
    setImporters(environment, ofEnvironment) {
      importers.set(environment, ofEnvironment)
      reachable = resolveReachable([...importers.values()].flat())
    },
    importersOf(module, exportNames) {
      const all = exportNames.flatMap((name) => reachable.importersOf(module, name))
      return [...new Set(all)].toSorted()
    },
  }
}
