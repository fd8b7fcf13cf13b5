import { readdirSync } from 'node:fs'
import path from 'node:path'
import type { Plugin } from 'vite'
import { ownModule } from './package-files.ts'

/**
 * `next/link` and its like are Volley's own modules, in the app and in packages alike. An import
 * of `next` itself is for types, and those are gone when code reaches this.
 */
export function nextModules(): Plugin {
  const modules = listNextModules()
  return {
    name: 'volley:next-modules',
    enforce: 'pre',
    resolveId: {
      order: 'pre',
      filter: { id: /^next(\/|$)/ },
      handler(id, importer) {
        const file = modules.get(id)
        if (file !== undefined) return file
        const message = unknownModule(id, { importer, known: [...modules.keys()] })
        return this.error(importer === undefined ? message : { message, id: importer })
      },
    },
  }
}

/** Volley's own file for each module of Next.js that it has. */
export function listNextModules(): Map<string, string> {
  const folder = path.dirname(ownModule('next/link'))
  const modules = new Map<string, string>()
  for (const file of readdirSync(folder)) {
    const name = /^([\w-]+)\.[jt]sx?$/.exec(file)?.[1]
    if (name !== undefined) modules.set(`next/${name}`, path.join(folder, file))
  }
  for (const [name, file] of Object.entries(innerModules)) modules.set(name, ownModule(file))
  // Compiled before they are resolved; what is left of them tells that it was not.
  for (const name of ['local', 'google']) {
    modules.set(`next/font/${name}`, ownModule('next/font/local'))
  }
  return modules
}

/** Modules of Next.js's inside that apps import, because nothing outside does the same. */
const innerModules = {
  'next/dist/client/components/redirect': 'next/navigation/redirect-error',
  'next/dist/client/components/redirect-error': 'next/navigation/redirect-error',
}

export function unknownModule(
  id: string,
  { importer, known }: { importer: string | undefined; known: string[] },
): string {
  const from = importer === undefined ? '' : ` (imported by ${path.relative('.', importer)})`
  const advice =
    id === 'next'
      ? "Import its types with `import type { … } from 'next'`."
      : `Of Next.js's modules, Volley has ${known.toSorted().join(', ')}.`
  return `There is no "${id}" in Volley${from}. ${advice}`
}
