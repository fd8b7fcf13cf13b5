import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Plugin } from 'vite'

/**
 * Source maps of the browser's code are made only if `build.sourcemap` asks for them, and then lie
 * in `dist/client-maps`: everything in `dist/client` is served, and maps hold the source.
 */
export function clientSourceMaps(): Plugin {
  return {
    name: 'volley:client-source-maps',
    apply: 'build',
    applyToEnvironment: ({ name }) => name === 'client',
    configEnvironment(name, { build }) {
      if (name === 'client' && build?.sourcemap) build.sourcemap = 'hidden'
    },
    generateBundle: {
      order: 'post',
      async handler(_options, bundle) {
        const directory = `${this.environment.config.build.outDir}-maps`
        const maps = Object.values(bundle).filter(({ fileName }) => fileName.endsWith('.map'))
        await Promise.all(
          maps.map(async (map) => {
            delete bundle[map.fileName]
            if (map.type !== 'asset') return
            const file = path.join(directory, map.fileName)
            await mkdir(path.dirname(file), { recursive: true })
            await writeFile(file, map.source)
          }),
        )
      },
    },
  }
}
