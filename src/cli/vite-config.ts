import { existsSync } from 'node:fs'
import path from 'node:path'
import type { InlineConfig, ResolvedConfig } from 'vite'
import { volley } from '../vite/plugin.ts'
import { CommandError } from './report-error.ts'

const endings = ['js', 'mjs', 'ts', 'cjs', 'mts', 'cts']

/** What every command gives to Vite. An app needs no config file to use the plugin. */
export function viteConfig(root: string): InlineConfig {
  const names = endings.map((ending) => `vite.config.${ending}`)
  const hasOwn = names.some((name) => existsSync(path.join(root, name)))
  return { root, clearScreen: false, ...(hasOwn ? {} : { configFile: false, plugins: [volley()] }) }
}

/** @throws CommandError if the app has a config file without the plugin */
export function requirePlugin(config: ResolvedConfig): void {
  if (config.plugins.some(({ name }) => name === 'volley:build')) return
  throw new CommandError(
    `${path.basename(config.configFile ?? 'vite.config.ts')} does not use Volley. ` +
      "Write `import { volley } from 'volley/vite'` and `plugins: [volley()]`.",
  )
}
