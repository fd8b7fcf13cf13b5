/// <reference types="vite/types/importMeta.d.ts" />
/// <reference types="@vitejs/plugin-rsc/types" />

/** The app, as `src/vite/app-module.ts` writes it for the server's graph. */
declare module 'virtual:volley/app' {
  export const routes: import('../routes/scan-routes.ts').RouteNode
  export const files: import('../server/app.ts').RouteFiles
  export const functions: import('../flight/function-table.ts').FunctionTable
  export const config: import('../server/config.ts').AppConfig
}

/** What the browser must know of the options of `volley()`. */
declare module 'virtual:volley/browser-config' {
  export const calls: 'parallel' | 'serial'
}
