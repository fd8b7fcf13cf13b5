import { readFile } from 'node:fs/promises'
import { init, parse as parseExports } from 'cjs-module-lexer'
import type { Plugin, Rolldown } from 'vite'
import { isClientText } from './client-files.ts'
import { fileOf } from './module-file.ts'
import { parse } from './server-functions.ts'

/**
 * plugin-rsc makes references of what a `'use client'` module exports, and reads that from `export`.
 * A package in CommonJS has none, so here its exports get some, as Node would find them:
 *
 *     'use client'; exports.Button = …
 *
 * becomes, on the server's side alone
 *
 *     'use client'; const value = null; export { value as Button, value as default }
 */
export function commonjsClients(): Plugin {
  return {
    name: 'volley:commonjs-clients',
    applyToEnvironment: ({ name }) => name === 'rsc',
    transform: {
      filter: { id: /\/node_modules\/.*\.c?js(?:\?|$)/, code: /['"]use client['"]/ },
      async handler(code, id) {
        if (!isClientText(code) || isModule(code)) return undefined
        await init()
        const names = new Set(['default', ...(await exportsOf(this, code, id))])
        names.delete('__esModule')
        const exported = [...names].filter(isIdentifier).map((name) => `value as ${name}`)
        return {
          code: `'use client'; const value = null; export { ${exported.join(', ')} }`,
          map: { mappings: '' },
        }
      },
    },
  }
}

/** Other names cannot be those of components. */
function isIdentifier(name: string): boolean {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name)
}

function isModule(code: string): boolean {
  return parse(code, 'js').body.some(({ type }) => /^(?:Import|Export).*Declaration$/.test(type))
}

/** The names that a module exports, those of modules that it hands on among them. */
async function exportsOf(
  context: Rolldown.PluginContext,
  code: string,
  id: string,
): Promise<string[]> {
  const { exports, reexports } = parseExports(code)
  const others = reexports.map(async (source) => {
    const resolved = await context.resolve(source, id)
    if (!resolved || resolved.external) return []
    return exportsOf(context, await readFile(fileOf(resolved.id), 'utf8'), resolved.id)
  })
  return [...exports, ...(await Promise.all(others)).flat()]
}
