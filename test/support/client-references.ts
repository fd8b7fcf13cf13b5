import { transformDirectiveProxyExport } from '@vitejs/plugin-rsc/transforms'
import { parseAstAsync, type Plugin } from 'vite'

/**
 * Makes the modules of `'use client'` files what they are in the server's graph: references. In an
 * app plugin-rsc does it.
 */
export function clientReferences(): Plugin {
  return {
    name: 'volley:test-client-references',
    async transform(code, id) {
      if (!/^['"]use client['"]/.test(code)) return null
      const runtime = (name: string): string =>
        `register(() => { throw new Error('${name} ran on the server') }, ${JSON.stringify(id)}, '${name}')`
      const result = transformDirectiveProxyExport(await parseAstAsync(code), {
        code,
        directive: 'use client',
        runtime,
      })
      const { output } = result ?? {}
      output?.prepend(
        "import { registerClientReference as register } from '@vitejs/plugin-rsc/vendor/react-server-dom/server.node';",
      )
      return output ? { code: output.toString(), map: null } : null
    },
  }
}
