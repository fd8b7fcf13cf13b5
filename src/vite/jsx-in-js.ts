import { transformWithOxc, type Plugin } from 'vite'

/** Compiles the JSX of `.js` files, which Vite takes for JavaScript alone. */
export function jsxInJs(): Plugin {
  return {
    name: 'volley:jsx-in-js',
    enforce: 'pre',
    transform: {
      // Packages are compiled already; a `<` before a letter is all that tells JSX without parsing.
      filter: { id: { include: /\.js$/, exclude: /\/node_modules\// }, code: /<[A-Za-z>]/ },
      handler(code, id) {
        const development = !this.environment.config.isProduction
        return transformWithOxc(code, id, {
          lang: 'jsx',
          jsx: { runtime: 'automatic', development },
        })
      },
    },
  }
}
