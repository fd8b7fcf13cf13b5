export { volley } from './vite/plugin.ts'
export type { VolleyOptions } from './vite/options.ts'
export type { FunctionOptions, ServerOptions } from './vite/server-options.ts'
