/// <reference types="vite/types/importMeta.d.ts" />
/// <reference types="@vitejs/plugin-rsc/types" />

/** The app, as `src/vite/app-module.ts` writes it for the server's graph. */
declare module 'virtual:volley/app' {
  export const routes: import('../routes/scan-routes.ts').RouteNode
  export const metadata: import('../server/app.ts').App['metadata']
  export const files: import('../server/app.ts').RouteFiles
  export const middleware: import('../server/middleware.ts').MiddlewareFile | null
  export const functions: import('../flight/function-table.ts').FunctionTable
  export const components: import('../server/app.ts').App['components']
  export const config: import('../server/config.ts').AppConfig
  export const instrumentation: import('../server/instrumentation.ts').Instrumentation | null
}

/** What the app has the browser run first. */
declare module 'virtual:volley/instrumentation-client' {}

/** What the browser must know of the options of `volley()`. */
declare module 'virtual:volley/browser-config' {
  export const calls: Parameters<typeof import('../browser/start.tsx').start>[0]['calls']
}

/** What the Vite plugin writes into the code of an app. */
interface ImportMetaEnv {
  /** Without a slash behind it; empty where the app has all of its origin. */
  readonly VOLLEY_BASE_PATH: string
  /** A slash, where the addresses of pages end with one. */
  readonly VOLLEY_TRAILING_SLASH: string
}
