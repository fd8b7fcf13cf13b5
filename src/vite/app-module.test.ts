import { expect, test } from 'vitest'
import { scanRoutes } from '../routes/scan-routes.ts'
import { appModule, stylesModule } from './app-module.ts'
import { resolveOptions } from './options.ts'

const source = appModule({
  directory: '/root/app',
  routes: scanRoutes(['layout.tsx', 'page.tsx', 'posts/[id]/page.tsx', 'icon.tsx', 'robots.txt']),
  metadata: { 'icon.tsx': { source: 'code', hash: 'abc' } },
  functions: 'new Map()',
  components: 'new Map([[1, 2]])',
  loaded: ['/root/app/actions.ts'],
  instrumentation: '/root/instrumentation.ts',
  isStyled: (file) => file.endsWith('layout.tsx'),
  build: 'abc',
  options: resolveOptions({
    server: { bodySizeLimit: 5 },
    paths: { redirects: [{ source: '/', destination: '/start' }] },
  }),
  middleware: '/root/src/proxy.ts',
  root: '/root',
  basePath: '/docs',
})

test('each route file is imported lazily, with its styles where it has any', () => {
  expect(source).toContain(
    '"layout.tsx": () => load(import("/root/app/layout.tsx"), import("virtual:volley/styles/layout.tsx")),',
  )
  expect(source).toContain(
    '"posts/[id]/page.tsx": () => load(import("/root/app/posts/[id]/page.tsx")),',
  )
})

test('code of metadata files is imported, what is served as it is is not', () => {
  expect(source).toContain('"icon.tsx": () => load(import("/root/app/icon.tsx")),')
  expect(source).not.toContain('"robots.txt": ()')
  expect(source).toContain('export const metadata = {"icon.tsx":{"source":"code","hash":"abc"}}')
})

test('modules that only have to be seen are imported for their effect', () => {
  expect(source).toMatch(/^import "\/root\/app\/actions.ts"$/m)
})

test('the module that observes the server is known by name, and loaded when it starts', () => {
  expect(source).toContain(
    'export const instrumentation = { file: "instrumentation.ts", load: () => import("/root/instrumentation.ts") }',
  )
})

test('the server gets the options and the build', () => {
  expect(source).toContain('export const config = {"build":"abc","isBatched":false,"server":{')
  expect(source).toContain('"bodySizeLimit":5')
})

test('the server gets what is said about paths, below the base path', () => {
  expect(source).toContain(
    '"redirects":[{"source":"/docs","destination":"/docs/start","status":307}]',
  )
})

test('middleware is imported when the first request comes', () => {
  expect(source).toContain(
    'export const middleware = { file: "src/proxy.ts", load: () => import("/root/src/proxy.ts") }',
  )
})

test('the styles of a file are those of its imports', () => {
  expect(stylesModule('/root/app', 'page.tsx')).toBe(
    'export const css = import.meta.viteRsc.loadCss("/root/app/page.tsx")',
  )
})
