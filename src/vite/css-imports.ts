import { createIdResolver, type Plugin } from 'vite'

const importPattern = /(@import\s+(?:url\(\s*)?(['"]))((?:@[\w.-]+\/)?[\w][^'":]*)(?=\2)/g

/**
 * `@import 'tailwindcss'` names the style sheet of a package. Vite takes a package that has code as
 * well for external in a build of the server's side, and then looks for a file of that name.
 */
export function cssImports(): Plugin {
  let resolve: ReturnType<typeof createIdResolver> | undefined
  return {
    name: 'volley:css-imports',
    apply: 'build',
    enforce: 'pre',
    applyToEnvironment: ({ config }) => config.consumer === 'server',
    configResolved(config) {
      resolve = createIdResolver(config, {
        extensions: ['.css'],
        mainFields: ['style'],
        conditions: ['style', 'development|production'],
        tryIndex: false,
        preferRelative: true,
        noExternal: true,
      })
    },
    transform: {
      filter: { id: /\.(?:css|pcss|postcss)(?:$|\?)/, code: /@import/ },
      async handler(code, id) {
        let changed = code
        for (const [text, before = '', , name = ''] of code.matchAll(importPattern)) {
          const file = await resolve?.(this.environment, name, id)
          if (file?.endsWith('.css')) changed = changed.replace(text, () => before + file)
        }
        return changed === code ? undefined : { code: changed, map: null }
      },
    },
  }
}
