import path from 'node:path'
import type { Plugin, UserConfig } from 'vite'
import { loadEnvFiles } from '../secret/env-files.ts'

const publicPrefix = 'NEXT_PUBLIC_'

/**
 * `.env*` files are read into `process.env` for code on the server. Only variables that are named
 * as public reach the browser, as text: `process.env.NEXT_PUBLIC_X` everywhere, so that both
 * sides render the same, and `import.meta.env.VITE_X`.
 */
export function envVariables(): Plugin {
  return {
    name: 'volley:env-variables',
    config(config, { mode }): UserConfig {
      const root = path.resolve(config.root ?? '.')
      const { envDir = root } = config
      if (envDir !== false) loadEnvFiles(path.resolve(root, envDir), mode)
      return {
        envPrefix: config.envPrefix ?? ['VITE_', publicPrefix],
        define: publicVariables(process.env),
        // The browser has no `process`: an unknown variable is undefined there, and no secret.
        environments: { client: { define: { 'process.env': '{}' } } },
      }
    },
  }
}

export function publicVariables(env: Record<string, string | undefined>): Record<string, string> {
  const variables = Object.entries(env).filter(([name]) => name.startsWith(publicPrefix))
  return Object.fromEntries(
    variables.map(([name, value]) => [`process.env.${name}`, JSON.stringify(value)]),
  )
}
