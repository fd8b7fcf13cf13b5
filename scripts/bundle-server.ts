import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import path from 'node:path'
import { rolldown, type InputOptions, type Plugin } from 'rolldown'

/**
 * Bundles what the dev server loads of Volley on the server's side: one by one these modules take
 * longer than an app's own. Run after `tsc`: decisions/025-bundles-for-development.md
 */
const dist = path.resolve('dist')
const files = readdirSync(dist, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.js'))
  .map((file) => file.slice(0, -'.js'.length).replaceAll(path.sep, '/'))
const clientModules = new Set(files.filter(isClient))

const options: InputOptions = {
  platform: 'node',
  treeshake: false,
  // Packages, and what the Vite plugin makes for an app.
  external: /^(?!\.|\/|[A-Z]:)/,
  onLog(level, { code, message }) {
    // A bundle is not searched for directives.
    if (level === 'warn' && code !== 'MODULE_LEVEL_DIRECTIVE') throw new Error(message)
  },
}

/** What the Vite plugin defines for an app. */
const variables = ['VOLLEY_BASE_PATH', 'VOLLEY_TRAILING_SLASH']

/** What an app, compiled code or the dev server imports. */
const common = files.filter((file) => /^(?!vite$)(?:next\/)?(?:font\/)?[\w-]+$/.test(file))
common.push('next/navigation/redirect-error')
const server = common.filter((file) => !clientModules.has(file))
await bundle('rsc', ['entry/rsc', 'flight/server-functions', 'cache/use-cache', ...server])
// There a <Region> is misplaced, and its plugin says so.
const html = common.filter((file) => file !== 'region')
await bundle('ssr', ['entry/ssr', 'html/server-reference', ...html, ...clientModules])

/** The entries as small modules, and all that they import as one. */
async function bundle(environment: 'rsc' | 'ssr', entries: readonly string[]): Promise<void> {
  const modules = [...new Set(entries)].toSorted()
  const directory = path.join(dist, 'bundled', environment)
  const bundled = await rolldown({
    ...options,
    input: Object.fromEntries(modules.map((name) => [name, path.join(dist, `${name}.js`)])),
    plugins: environment === 'rsc' ? [outside(clientModules)] : [],
  })
  await bundled.write({
    dir: directory,
    entryFileNames: '[name].js',
    chunkFileNames: '[name].js',
    codeSplitting: { groups: [{ name: 'volley', test: /dist.(?!entry)/ }] },
  })
  writeFileSync(path.join(directory, 'modules.json'), JSON.stringify(modules))
  await makeNative(path.join(directory, 'volley.js'))
}

/**
 * Splits a bundle: Node runs `native.js` as it is, and gets from `volley.js`, which Vite runs, what
 * Vite makes differently for each app.
 */
async function makeNative(file: string): Promise<void> {
  const define = Object.fromEntries(variables.map((name) => [`import.meta.env.${name}`, name]))
  const bundled = await rolldown({ ...options, input: file, transform: { define } })
  const { output } = await bundled.generate({ format: 'cjs' })
  const [{ code, exports, imports }] = output
  const needed = imports.filter((source) => !isBuiltin(source))
  const names = needed.map((source, i) => `${JSON.stringify(source)}: m${i}`)
  writeFileSync(
    path.join(path.dirname(file), 'native.js'),
    `export function evaluate(require, { ${variables.join(', ')} }) {\nconst exports = {}\n${code}\nreturn exports\n}\n`,
  )
  writeFileSync(
    file,
    [
      ...needed.map((source, i) => `import * as m${i} from ${JSON.stringify(source)}`),
      `import { evaluate } from './native.js'`,
      `const modules = { ${names.join(', ')} }`,
      `const require = (name) => modules[name] ?? process.getBuiltinModule(name)`,
      `const variables = { ${variables.map((name) => `${name}: import.meta.env.${name}`).join(', ')} }`,
      `export const { ${exports.join(', ')} } = evaluate(require, variables)\n`,
    ].join('\n'),
  )
}

/** plugin-rsc makes references of client components where the server's side loads their files. */
function outside(modules: ReadonlySet<string>): Plugin {
  return {
    name: 'outside',
    resolveId(source, importer) {
      if (importer === undefined || !source.startsWith('.')) return undefined
      const file = path.resolve(path.dirname(importer), source)
      const name = path.relative(dist, file).replaceAll(path.sep, '/').replace(/\.js$/, '')
      return modules.has(name) ? { id: `virtual:volley/own/${name}`, external: true } : undefined
    },
  }
}

function isClient(name: string): boolean {
  return readFileSync(path.join(dist, `${name}.js`), 'utf8').startsWith("'use client'")
}
