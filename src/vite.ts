export { volley } from './vite/plugin.ts'
