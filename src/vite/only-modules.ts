import path from 'node:path'
import type { DevEnvironment, Plugin, Rolldown } from 'vite'

type OnlyModule = 'server-only' | 'client-only'

const invalidPrefix = '\0virtual:volley/misplaced/'
const validId = '\0virtual:volley/only'

/**
 * `import 'server-only'` keeps a module out of the browser, and `import 'client-only'` out of the
 * server's graph. A module at the wrong side is an error that shows who imported it.
 */
export function onlyModules(): Plugin {
  return {
    name: 'volley:only-modules',
    resolveId: {
      order: 'pre',
      filter: { id: /^(server|client)-only$/ },
      handler(id, _importer, options) {
        const isServer = this.environment.name === 'rsc'
        const isScan = 'scan' in options && options.scan === true
        const isValid = isScan || (id === 'server-only') === isServer
        return isValid ? validId : { id: invalidPrefix + id, moduleSideEffects: true }
      },
    },
    load: {
      filter: { id: /^\0virtual:volley\/(only$|misplaced\/)/ },
      handler: () => 'export {}',
    },
    transform: {
      filter: { id: /^\0virtual:volley\/misplaced\// },
      handler(_code, id) {
        // A build knows who imports a module only when it has seen all of them: see buildEnd.
        if (this.environment.mode !== 'dev') return
        const chain = chainOf(id, importersInDev(this.environment))
        this.error({
          message: misplaced(id, chain, this.environment.config.root),
          id: chain[0] ?? id,
        })
      },
    },
    buildEnd(error) {
      if (error || this.environment.mode !== 'build') return
      for (const name of ['server-only', 'client-only'] satisfies OnlyModule[]) {
        const id = invalidPrefix + name
        const chain = chainOf(id, importersInBuild(this))
        if (chain.length > 0) {
          this.error({
            message: misplaced(id, chain, this.environment.config.root),
            id: chain[0] ?? id,
          })
        }
      }
    },
  }
}

function importersInDev(environment: DevEnvironment): (id: string) => string[] {
  return (id) => {
    const importers = environment.moduleGraph.getModuleById(id)?.importers ?? []
    return [...importers].map((module) => module.id).filter((importer) => importer !== null)
  }
}

function importersInBuild(context: Rolldown.PluginContext): (id: string) => string[] {
  return (id) => {
    const info = context.getModuleInfo(id)
    return info ? [...info.importers, ...info.dynamicImporters] : []
  }
}

/** The modules that lead to this one: its first importer, that one's first importer, and so on. */
function chainOf(id: string, importersOf: (id: string) => string[]): string[] {
  const chain: string[] = []
  for (let next = importersOf(id)[0]; next !== undefined && !chain.includes(next);) {
    chain.push(next)
    next = importersOf(next)[0]
  }
  return chain
}

export function misplaced(id: string, chain: readonly string[], root: string): string {
  const names = chain.map((file) => path.relative(root, file.replace(/\?.*$/, '')))
  // What lies outside the app, above its outermost importer, tells nothing.
  const outside = names.findIndex((name, i) => i > 0 && /^\.\.|\0|node_modules/.test(name))
  if (outside !== -1) names.length = outside
  const [module = 'A module', ...importers] = names
  const trace = importers.slice(0, 6).map((name) => `\n  imported by ${name}`)
  return (id.endsWith('server-only') ? serverOnly : clientOnly)(module) + trace.join('')
}

function serverOnly(module: string): string {
  return (
    `${module} imports 'server-only', but it would be sent to the browser. ` +
    'Use it in a Server Component or behind a server function, and pass what the component needs as a prop.'
  )
}

function clientOnly(module: string): string {
  return (
    `${module} imports 'client-only', but a Server Component uses it. ` +
    "Write 'use client' at the top of the component that needs it."
  )
}
