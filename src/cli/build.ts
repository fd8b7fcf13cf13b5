import { createBuilder } from 'vite'
import { findAppDirectory } from '../vite/app-directory.ts'
import { requirePlugin, viteConfig } from './vite-config.ts'

/** Makes `dist/` for production. */
export async function build(root: string): Promise<void> {
  findAppDirectory(root)
  // The plugin tells what it made; the lines that Vite prints for each of five passes say less.
  const builder = await createBuilder({ ...viteConfig(root), logLevel: 'warn' })
  requirePlugin(builder.config)
  await builder.buildApp()
}
