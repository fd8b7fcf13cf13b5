import react from '@vitejs/plugin-react'
import type { Plugin, PluginOption } from 'vite'

/**
 * Edited client components keep their state. An app that lists @vitejs/plugin-react itself, with
 * options of its own, is left to it.
 */
export function fastRefresh(): Plugin[] {
  const own: Plugin[] = react()
  for (const plugin of own) {
    const { apply } = plugin
    plugin.apply = (config, { command }) =>
      !hasOther(config.plugins ?? []) && (apply === undefined || apply === command)
  }
  const hasOther = (plugins: PluginOption[]): boolean =>
    plugins.some((plugin) => {
      if (Array.isArray(plugin)) return hasOther(plugin)
      if (!plugin || plugin instanceof Promise || own.includes(plugin)) return false
      return plugin.name === 'vite:react-refresh'
    })
  return own
}
