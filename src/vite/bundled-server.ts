import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { normalizePath, type Plugin } from 'vite'
import { filesOfUrl } from './module-file.ts'
import { listNextModules } from './next-modules.ts'
import { ownModule } from './package-files.ts'

/** What a bundle asks for that has to stay outside: see scripts/bundle-server.ts. */
const outside = 'virtual:volley/own/'

/**
 * The dev server loads Volley's modules of the server's side from a bundle for each environment:
 * one by one, hundreds of them would take longer than the app.
 */
export function bundledServer(): Plugin {
  const nextModules = listNextModules()
  const bundles = new Map(['rsc', 'ssr'].map((name) => [name, readBundle(name)]))
  return {
    name: 'volley:bundled-server',
    apply: 'serve',
    enforce: 'pre',
    applyToEnvironment: ({ name }) => bundles.has(name),
    resolveId: {
      order: 'pre', // before the modules themselves are found
      filter: { id: /^(?:next|volley|virtual:volley\/own)\/|[\\/]dist[\\/]/ },
      handler(id, importer, options) {
        const bundle = bundles.get(this.environment.name)
        const files = filesOf(id, this.environment.config.root)
        const bundled = files.map((file) => bundle?.get(file)).find((file) => file !== undefined)
        const found = bundled ?? (id.startsWith(outside) ? files[0] : undefined)
        return found && this.resolve(found, importer, { ...options, skipSelf: true })
      },
    },
  }

  function filesOf(id: string, root: string): string[] {
    const file = nextModules.get(id)
    if (file !== undefined) return [normalizePath(file)]
    if (path.isAbsolute(id)) return filesOfUrl(id, root)
    return [normalizePath(ownModule(id.replace(/^(?:virtual:volley\/own|volley)\//, '')))]
  }
}

/** The part of an environment's bundle that Node can run as it is. */
export function nativeBundle(environment: string): string {
  return normalizePath(ownModule(`bundled/${environment}/native`))
}

/** By file, the file that has the same exports in a bundle. There is none where tests run from source. */
function readBundle(environment: string): Map<string, string> {
  const list = ownModule(`bundled/${environment}/modules`).replace(/\.js$/, '.json')
  if (!existsSync(list)) return new Map()
  const names = JSON.parse(readFileSync(list, 'utf8')) as string[]
  return new Map(
    names.map((name) => [
      normalizePath(ownModule(name)),
      ownModule(`bundled/${environment}/${name}`),
    ]),
  )
}
