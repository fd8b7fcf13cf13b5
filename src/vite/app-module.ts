import path from 'node:path'
import { normalizePath } from 'vite'
import type { MetadataFacts } from '../routes/metadata-file.ts'
import { scanRoutes, type RouteNode } from '../routes/scan-routes.ts'
import { findAppDirectory, listFiles } from './app-directory.ts'
import { readMetadata } from './metadata-facts.ts'
import type { ResolvedOptions } from './options.ts'

/** What the generated module `virtual:volley/app` is made of. */
export type AppModule = {
  /** Absolute, with forward slashes. */
  directory: string
  routes: RouteNode
  metadata: Record<string, MetadataFacts>
  /** Code of an expression: the table of the server functions. */
  functions: string
  /** The same of the components of regions. */
  components: string
  /** Modules that are imported for no more than being seen. */
  loaded: string[]
  /** Whether a file needs a style sheet; what it imports counts. */
  isStyled: (file: string) => boolean
  /** The absolute paths of the app's `instrumentation.ts`, and of what requests go through first. */
  instrumentation: string | null
  middleware: string | null
  build: string
  options: ResolvedOptions
  root: string
  basePath: string
}

/** The route tree of an app, and what its metadata files are. @throws RouteError, AppDirectoryError */
export function readRoutes(root: string): Pick<AppModule, 'directory' | 'routes' | 'metadata'> {
  const directory = normalizePath(findAppDirectory(root))
  const files = listFiles(directory)
  return { directory, routes: scanRoutes(files), metadata: readMetadata(directory, files) }
}

/** Prefix of the modules that hold the style sheets of one route file each. */
export const stylesPrefix = 'virtual:volley/styles/'

/**
 * Source of `virtual:volley/app`. Each route file is imported when a request first needs it:
 *
 *     export const files = {
 *       "page.tsx": () => load(import("/app/page.tsx"), import("virtual:volley/styles/page.tsx")),
 *     }
 */
export function appModule(app: AppModule): string {
  const { build, options, routes, root, basePath } = app
  const { trailingSlash, rulesBelow } = options.paths
  const site = { basePath, trailingSlash, rules: rulesBelow(basePath) }
  const isBatched = options.calls === 'batched'
  const config = { build, isBatched, server: options.server, cache: options.cache, site }
  const loaders = routeFiles(routes).map((file) => {
    const module = path.posix.join(app.directory, file)
    const imports = app.isStyled(module) ? [module, stylesPrefix + file] : [module]
    const calls = imports.map((source) => `import(${JSON.stringify(source)})`)
    return `  ${JSON.stringify(file)}: () => load(${calls.join(', ')}),`
  })
  return [
    ...app.loaded.map((module) => `import ${JSON.stringify(module)}`),
    `export const routes = ${JSON.stringify(routes)}`,
    `export const metadata = ${JSON.stringify(app.metadata)}`,
    `export const config = ${JSON.stringify(config)}`,
    `export const middleware = ${rootModule(app.middleware, root)}`,
    `export const functions = ${app.functions}`,
    `export const components = ${app.components}`,
    `export const instrumentation = ${rootModule(app.instrumentation, root)}`,
    'const load = async (...imports) => {',
    '  const [module, styles] = await Promise.all(imports)',
    '  return { module, css: styles?.css ?? null }',
    '}',
    `export const files = {\n${loaders.join('\n')}\n}`,
  ].join('\n')
}

/** A module that has its name in messages, and is loaded when it is needed. */
function rootModule(file: string | null, root: string): string {
  if (file === null) return 'null'
  const name = JSON.stringify(path.posix.relative(normalizePath(root), file))
  return `{ file: ${name}, load: () => import(${JSON.stringify(file)}) }`
}

/** Source of a route file's `virtual:volley/styles/…`: plugin-rsc knows what the file imports. */
export function stylesModule(directory: string, file: string): string {
  return `export const css = import.meta.viteRsc.loadCss(${JSON.stringify(path.posix.join(directory, file))})`
}

function routeFiles(node: RouteNode): string[] {
  const made = (node.metadata ?? []).filter(({ source }) => source === 'code')
  return [
    ...Object.values(node.files),
    ...made.map(({ path: file }) => file),
    ...node.children.flatMap(routeFiles),
  ]
}
