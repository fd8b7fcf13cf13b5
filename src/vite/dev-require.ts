import type { Plugin } from 'vite'
import { analyzeScopes } from '../compiler/scopes.ts'
import { parse } from './server-functions.ts'

/**
 * Modules of the server may call `require`. The bundler resolves that in a build; in development
 * Vite runs modules where there is none.
 */
export function devRequire(): Plugin {
  return {
    name: 'volley:dev-require',
    apply: 'serve',
    applyToEnvironment: ({ name }) => name !== 'client',
    transform: {
      filter: { id: /\.[cm]?[jt]sx?(?:\?|$)/, code: /\brequire\s*[(.]/ },
      handler: (code, id) => withRequire(code, id.replace(/\?.*/, '')),
    },
  }
}

/** The module with a `require` of its file, unless it declares one itself. Its lines stay where they are. */
export function withRequire(code: string, file: string): { code: string; map: null } | null {
  if (analyzeScopes(parse(code, 'js')).module.bindings.has('require')) return null
  const declared =
    `import { createRequire as $$createRequire } from 'node:module';` +
    `const require = $$createRequire(${JSON.stringify(file)});`
  return { code: declared + code, map: null }
}
