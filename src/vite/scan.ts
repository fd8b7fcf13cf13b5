import { createHash } from 'node:crypto'
import { isCSSRequest, type Plugin, type Rolldown } from 'vite'
import type { FunctionRecords } from './function-records.ts'
import { recordImporters, type ModuleGraph } from './importers.ts'
import { isScan } from './server-components.ts'
import { parse } from './server-functions.ts'

/** Source of the modules that the scan passes went through. */
export interface ScannedSources {
  set(environment: string, id: string, code: string): void
  get(environment: string, id: string): string | undefined
  /** The same for the same sources. `nameOf` takes the machine out of a module's id. */
  hash(nameOf: (id: string) => string): string
  setStyled(modules: ReadonlySet<string>): void
  /** Whether a module of the server's graph leads to a style sheet. */
  isStyled(id: string): boolean
}

const key = (environment: string, id: string) => `${environment} ${id}`

export function createScannedSources(): ScannedSources {
  const sources = new Map<string, string>()
  let styled: ReadonlySet<string> = new Set()
  return {
    set: (environment, id, code) => void sources.set(key(environment, id), code),
    get: (environment, id) => sources.get(key(environment, id)),
    hash(nameOf) {
      // Generated modules hold absolute paths, and nothing that is not made of the others.
      const files = [...sources].filter(([id]) => !id.includes('\0'))
      const lines = files.map(([id, code]) => `${nameOf(id)}\0${code}\0`).toSorted()
      const hash = createHash('sha256')
      for (const line of lines) hash.update(line)
      return hash.digest('base64url').slice(0, 16)
    },
    setStyled: (modules) => void (styled = modules),
    isStyled: (id) => styled.has(id),
  }
}

/**
 * Before a build, plugin-rsc loads the app twice, once for each side, to find its client
 * components. These passes also tell who imports which server function. A module's own text must
 * be kept for that, because plugin-rsc strips what it loads down to `import "x"`.
 */
export function scan(records: FunctionRecords, sources: ScannedSources): Plugin {
  return {
    name: 'volley:scan',
    apply: 'build',
    transform(code, id) {
      const { config, name } = this.environment
      if (isScan(config)) sources.set(name, id, code)
    },
    async buildEnd(error) {
      const { config, name } = this.environment
      if (error || !isScan(config)) return
      const graph = moduleGraph(this, (id) => sources.get(name, id))
      records.setImporters(name, await recordImporters(records.modules(), graph, parse))
      if (name === 'rsc') sources.setStyled(importersOfStyles([...this.getModuleIds()], graph))
    },
  }
}

/** The modules that import a style sheet, by themselves or through others. */
export function importersOfStyles(
  modules: readonly string[],
  graph: Pick<ModuleGraph, 'importers'>,
): Set<string> {
  const found = new Set<string>()
  const queue = modules.filter((id) => isCSSRequest(id))
  // The queue grows while it is read.
  for (const id of queue) {
    const next = graph.importers(id).filter((importer) => !found.has(importer))
    for (const importer of next) found.add(importer)
    queue.push(...next)
  }
  return found
}

function moduleGraph(
  context: Rolldown.PluginContext,
  code: (id: string) => string | undefined,
): ModuleGraph {
  return {
    importers(id) {
      const info = context.getModuleInfo(id)
      return info ? [...new Set([...info.importers, ...info.dynamicImporters])] : []
    },
    // What asks for client components is made by plugin-rsc, and takes them whole.
    code: (id) => (id.startsWith('\0virtual:vite-rsc/client-references') ? undefined : code(id)),
    resolve: async (source, importer) => (await context.resolve(source, importer))?.id,
  }
}
