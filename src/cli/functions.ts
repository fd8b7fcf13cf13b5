import { createBuilder, type Plugin } from 'vite'
import type { ListedFunction } from '../secret/function-list.ts'
import { findAppDirectory } from '../vite/app-directory.ts'
import type { BuildApi } from '../vite/build-app.ts'
import { requirePlugin, viteConfig } from './vite-config.ts'

/** Lists what a build would make callable; nothing is written. */
export async function listFunctions(root: string, { json }: { json: boolean }): Promise<void> {
  findAppDirectory(root)
  const builder = await createBuilder({ ...viteConfig(root), logLevel: 'error' })
  requirePlugin(builder.config)
  const plugin = builder.config.plugins.find(({ name }) => name === 'volley:build')
  const functions = (await (plugin as Plugin<BuildApi>).api?.listFunctions(builder)) ?? []
  console.log(json ? JSON.stringify(functions.map(toJson), null, 2) : functionsTable(functions))
}

function toJson({ id, name, path, line, exported, referencedBy }: ListedFunction): object {
  return { id, name, file: path, line, exported, referencedBy }
}

/** One line for each function, and what it is not. */
export function functionsTable(functions: readonly ListedFunction[]): string {
  if (functions.length === 0)
    return 'No server function can be called: none is imported, and none is inline.'
  const rows = functions.map(({ id, name, path, line, exported, referencedBy }) => [
    name,
    `${path}:${line}`,
    exported ? `imported by ${referencedBy.join(', ') || 'the router'}` : 'inline',
    id,
  ])
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const lines = rows.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  return [
    ...lines,
    '',
    'Exports that nobody imports cannot be called in production. In `volley dev` they can.',
  ].join('\n')
}
