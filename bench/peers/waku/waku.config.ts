import { fileURLToPath } from 'node:url'
import { defineConfig } from 'waku/config'

const nextCache = fileURLToPath(new URL('src/next-cache.ts', import.meta.url))

export default defineConfig({ vite: { resolve: { alias: { 'next/cache': nextCache } } } })
