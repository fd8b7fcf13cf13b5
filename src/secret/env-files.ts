import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parseEnv } from 'node:util'

/** Names that were set before any file was read: what the shell says wins over files. */
const namesOfShell = new Set(Object.keys(process.env))

/**
 * Sets the variables of an app's `.env` files in `process.env`. Later files win: `.env`,
 * `.env.local`, `.env.<mode>`, `.env.<mode>.local`.
 */
export function loadEnvFiles(root: string, mode: string): void {
  const names = ['.env', '.env.local', `.env.${mode}`, `.env.${mode}.local`]
  const files = names.map((name) => readIfPresent(path.join(root, name)))
  const variables = mergeEnvFiles(files, process.env)
  for (const [name, value] of Object.entries(variables)) {
    if (!namesOfShell.has(name)) process.env[name] = value
  }
}

/** The variables of several files, with `$NAME`, `${NAME}` and `${NAME:-default}` filled in. */
export function mergeEnvFiles(
  files: readonly string[],
  shell: Record<string, string | undefined>,
): Record<string, string> {
  const raw: Record<string, string | undefined> = Object.assign({}, ...files.map(parseEnv))
  const expand = (text: string, seen: readonly string[]): string =>
    text.replaceAll(reference, (match, ...parts: (string | undefined)[]) => {
      const [plain, braced, fallback = ''] = parts
      const name = plain ?? braced
      if (name === undefined) return match.slice(1)
      const value = seen.includes(name) ? '' : (shell[name] ?? raw[name] ?? '')
      return expand(value === '' ? fallback : value, [...seen, name])
    })
  return Object.fromEntries(
    Object.entries(raw).map(([name, value = '']) => [name, expand(value, [name])]),
  )
}

/** `\$` stands for a dollar sign; then `$NAME`; then `${NAME}` and `${NAME:-default}`. */
const reference = /\\\$|\$([A-Za-z_]\w*)|\$\{([A-Za-z_]\w*)(?::-([^}]*))?\}/g

function readIfPresent(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ''
    throw error
  }
}
