export { volley } from './vite/plugin.ts'
export type { CacheOptions } from './vite/cache-options.ts'
export type { VolleyOptions } from './vite/options.ts'
export type { FunctionOptions, ServerOptions } from './vite/server-options.ts'
