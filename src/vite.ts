export { volley } from './vite/plugin.ts'
export type { ServerOptions, VolleyOptions } from './vite/options.ts'
