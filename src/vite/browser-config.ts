import type { Plugin } from 'vite'
import type { ResolvedOptions } from './options.ts'
import { ownModule } from './package-files.ts'
import type { RegionRecords } from './region-records.ts'

/**
 * Makes `virtual:volley/browser-config`: the options that the browser follows, and what only some apps
 * need there. Development does not know yet what an app has.
 */
export function browserConfig({ calls }: ResolvedOptions, regions: RegionRecords): Plugin {
  return {
    name: 'volley:browser-config',
    resolveId: {
      filter: { id: /^virtual:volley\/browser-config$/ },
      handler: (id) => `\0${id}`,
    },
    load: {
      filter: { id: /^\0virtual:volley\/browser-config$/ },
      handler() {
        const isBuild = this.environment.config.command === 'build'
        const hasRegions = !isBuild || regions.components().length > 0
        const exchange = calls === 'batched' ? batchedCalls() : `export const calls = '${calls}'`
        return [exchange, hasRegions ? trackedRegions() : ''].join('\n')
      },
    },
  }
}

/** The package says that its modules have no side effects, so it is called. */
function trackedRegions(): string {
  return [
    `import { trackRegions } from ${JSON.stringify(ownModule('browser/tracked-regions'))}`,
    'trackRegions()',
  ].join('\n')
}

/** Only apps with the option load what sends calls together. */
function batchedCalls(): string {
  return [
    `import { createBatchedExchange } from ${JSON.stringify(ownModule('browser/batched-calls'))}`,
    'export const calls = createBatchedExchange()',
  ].join('\n')
}
