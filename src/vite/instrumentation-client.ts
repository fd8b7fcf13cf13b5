import type { Plugin } from 'vite'
import { ownModule } from './package-files.ts'
import { findRootFile, isRootFile } from './root-file.ts'

const name = 'instrumentation-client'
const moduleId = `\0virtual:volley/${name}`

/** Makes `virtual:volley/instrumentation-client`: what the browser runs before the app, if there is any. */
export function instrumentationClient(): Plugin {
  return {
    name: 'volley:instrumentation-client',
    resolveId: {
      filter: { id: /^virtual:volley\/instrumentation-client$/ },
      handler: () => moduleId,
    },
    load: {
      filter: { id: /^\0virtual:volley\/instrumentation-client$/ },
      handler() {
        const { root } = this.environment.getTopLevelConfig()
        const file = findRootFile(root, name)
        return { code: file === null ? 'export {}' : clientModule(file), moduleSideEffects: true }
      },
    },
    configureServer({ config, environments, watcher }) {
      const onChange = (file: string): void => {
        const { client } = environments
        const module = client.moduleGraph.getModuleById(moduleId)
        if (!module || !isRootFile(config.root, name, file)) return
        client.moduleGraph.invalidateModule(module)
        client.hot.send({ type: 'full-reload' })
      }
      watcher.on('add', onChange).on('unlink', onChange)
    },
  }
}

function clientModule(file: string): string {
  return [
    `import * as instrumentation from ${JSON.stringify(file)}`,
    `import { tellTransitions } from ${JSON.stringify(ownModule('browser/transition-start'))}`,
    'tellTransitions(instrumentation)',
  ].join('\n')
}
