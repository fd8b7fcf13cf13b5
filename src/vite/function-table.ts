import type { ListedFunction } from '../secret/function-list.ts'

export type TableFunction = Pick<ListedFunction, 'id' | 'path' | 'name' | 'exportName'> & {
  /** Absolute path. */
  module: string
}

/**
 * Code of an expression: the exact table of a build. The functions of a module share one loader,
 * which names them, so that the bundler drops every other export of the module:
 *
 *     new Map((() => {
 *       const m0 = async () => { const { create: f0 } = await import("/app/posts.ts"); return [f0] }
 *       return [
 *         ["3xv…", { name: "app/posts.ts#create", load: async () => (await m0())[0] }],
 *       ]
 *     })())
 */
export function functionTable(functions: readonly TableFunction[]): string {
  const modules = Map.groupBy(functions, (found) => found.module)
  const loaders: string[] = []
  const entries: string[] = []
  for (const [module, held] of modules) {
    const loader = `m${loaders.length}`
    loaders.push(loaderCode(loader, module, held))
    for (const [i, found] of held.entries()) {
      const name = JSON.stringify(`${found.path}#${found.name}`)
      const load = `async () => (await ${loader}())[${i}]`
      entries.push(`[${JSON.stringify(found.id)}, { name: ${name}, load: ${load} }],`)
    }
  }
  return ['new Map((() => {', ...loaders, 'return [', ...entries, ']', '})())'].join('\n')
}

function loaderCode(loader: string, module: string, functions: readonly TableFunction[]): string {
  const names = functions.map((found, i) => `${propertyName(found.exportName)}: f${i}`)
  const values = functions.map((_found, i) => `f${i}`)
  const source = JSON.stringify(module)
  return `const ${loader} = async () => { const { ${names.join(', ')} } = await import(${source}); return [${values.join(', ')}] }`
}

/** The bundler looks through a destructured import only where the names are not in quotes. */
function propertyName(name: string): string {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) ? name : JSON.stringify(name)
}
