import type { Plugin } from 'vite'
import type { ResolvedOptions } from './options.ts'

/** Makes `virtual:volley/browser-config`: the options that the browser follows. */
export function browserConfig({ calls }: ResolvedOptions): Plugin {
  return {
    name: 'volley:browser-config',
    resolveId: {
      filter: { id: /^virtual:volley\/browser-config$/ },
      handler: (id) => `\0${id}`,
    },
    load: {
      filter: { id: /^\0virtual:volley\/browser-config$/ },
      handler: () => `export const calls = ${JSON.stringify(calls)}`,
    },
  }
}
