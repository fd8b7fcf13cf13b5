import type { Plugin } from 'vite'
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
        const code = file === null ? 'export {}' : `import ${JSON.stringify(file)}`
        return { code, moduleSideEffects: true }
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
