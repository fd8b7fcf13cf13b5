import type { Plugin } from 'vite'
import type { ResolvedOptions } from './options.ts'
import { ownModule } from './package-files.ts'

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
      handler: () => (calls === 'batched' ? batchedCalls() : `export const calls = '${calls}'`),
    },
  }
}

/** Only apps with the option load what sends calls together. */
function batchedCalls(): string {
  return [
    `import { createBatchedExchange } from ${JSON.stringify(ownModule('browser/batched-calls'))}`,
    'export const calls = createBatchedExchange()',
  ].join('\n')
}
