import { defineConfig } from 'vite'
import { volley } from 'volley/vite'

export default defineConfig({ plugins: [volley({ calls: 'batched' })] })
