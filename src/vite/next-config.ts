import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { runnerImport } from 'vite'
import { loadEnvFiles } from '../secret/env-files.ts'
import { fromNextOptions, type NextOptions } from './next-options.ts'
import type { NextSite } from './site-addresses.ts'

const names = [
  'next.config.js',
  'next.config.mjs',
  'next.config.cjs',
  'next.config.ts',
  'next.config.mts',
]

/**
 * Reads `next.config.*` of the app, where it has one. Variables of `.env*` files are there.
 * @throws NextConfigError for one that cannot be loaded or exports no configuration
 */
export async function readNextSite(root: string): Promise<NextSite | null> {
  const file = names.map((name) => path.join(root, name)).find(existsSync)
  if (file === undefined) return null
  const mode = process.env['NODE_ENV'] ?? 'production'
  loadEnvFiles(root, mode)
  // Plugins of Next.js ask for it: what they have for webpack is code that changes its configuration.
  process.env['TURBOPACK'] ??= '1'
  try {
    const exported = await load(file)
    const phase = `phase-${mode === 'development' ? 'development-server' : 'production-build'}`
    const made: unknown =
      typeof exported === 'function' ? await exported(phase, { defaultConfig: {} }) : exported
    if (typeof made !== 'object' || made === null) {
      throw new TypeError(
        `it must export an object or a function that returns one, not ${typeof made}`,
      )
    }
    return { file, ...(await fromNextOptions(made as NextOptions)) }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new NextConfigError(`${path.basename(file)} cannot be read: ${reason}`, { cause })
  }
}

/** The message names the file; the stack would be that of Volley. */
class NextConfigError extends Error {
  override name = 'NextConfigError'
}

async function load(file: string): Promise<unknown> {
  const isCommonJs = file.endsWith('.cjs') || /\bmodule\.exports\b/.test(readFileSync(file, 'utf8'))
  if (!isCommonJs) {
    const { module } = await runnerImport<{ default: unknown }>(file)
    return module.default
  }
  const require = createRequire(file)
  // A server that starts again after an edit reads it again.
  delete require.cache[file]
  return require(file)
}
