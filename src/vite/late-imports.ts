import type { Plugin } from 'vite'

/**
 * Tailwind takes an `@import` wherever it stands, and Next.js leaves them all to it. Vite follows
 * imports itself, before Tailwind, and drops each that comes after something else.
 */
export function lateImports(): Plugin {
  return {
    name: 'volley:late-imports',
    enforce: 'pre',
    transform: {
      filter: { id: /\.css(?:\?|$)/, code: /@import\s+["']tailwindcss/ },
      handler: (code) => ({ code: importsFirst(code), map: null }),
    },
  }
}

/** The style sheet with its imports before everything else, in their order. */
export function importsFirst(css: string): string {
  const imports: string[] = []
  const rest = css.replaceAll(commentOrImport, (text) => {
    if (!text.startsWith('@')) return text
    imports.push(text)
    return ''
  })
  return imports.join('\n') + rest
}

/** An import ends at the first `;` outside of quotes: addresses have some, too. */
const commentOrImport = /\/\*[^]*?\*\/|@import\s+(?:"[^"]*"|'[^']*'|[^"';])*;/g
