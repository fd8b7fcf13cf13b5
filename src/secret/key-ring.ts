import { createHmac, randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** The secrets of an app, newest first: the first makes ids and seals, all of them are accepted. */
export type KeyRing = readonly [newest: string, ...older: string[]]

export type KeySource = 'environment' | 'file'

export class KeyRingError extends Error {
  override name = 'KeyRingError'
}

/** The key ring of `VOLLEY_SECRET`: secrets separated by commas, newest first. */
export function parseKeyRing(value: string): KeyRing {
  const [newest, ...older] = value.split(',').map((secret) => secret.trim())
  if (!newest || older.includes('')) {
    throw new KeyRingError(
      'VOLLEY_SECRET holds an empty secret. Write secrets separated by commas, newest first; `openssl rand -base64 32` makes one.',
    )
  }
  return [newest, ...older]
}

/** Where the key lives that stands in for `VOLLEY_SECRET` on one machine. */
export function keyFile(root: string): string {
  return path.join(root, 'node_modules/.volley/key')
}

/** The ring that a build uses: `VOLLEY_SECRET`, else this machine's key, made when it is missing. */
export function loadOrCreateKeyRing(
  root: string,
  env: Record<string, string | undefined>,
): { ring: KeyRing; source: KeySource } {
  if (env['VOLLEY_SECRET']) {
    return { ring: parseKeyRing(env['VOLLEY_SECRET']), source: 'environment' }
  }
  return { ring: [readKey(root) ?? createKey(root)], source: 'file' }
}

/** The ring that a server starts with; it never makes a key, since that could not be the build's. */
export function loadKeyRing(root: string, env: Record<string, string | undefined>): KeyRing | null {
  if (env['VOLLEY_SECRET']) return parseKeyRing(env['VOLLEY_SECRET'])
  const key = readKey(root)
  return key === null ? null : [key]
}

/**
 * Names a secret without telling it, for messages and for `functions.json`. No id is made of a
 * text without `#`, so a fingerprint is never the id of a function.
 */
export function fingerprint(secret: string): string {
  return createHmac('sha256', secret).update('fingerprint').digest('hex').slice(0, 12)
}

function readKey(root: string): string | null {
  try {
    return readFileSync(keyFile(root), 'utf8').trim() || null
  } catch (error) {
    if (isErrorWithCode(error, 'ENOENT')) return null
    throw error
  }
}

function createKey(root: string): string {
  const file = keyFile(root)
  const key = randomBytes(32).toString('base64url')
  mkdirSync(path.dirname(file), { recursive: true })
  try {
    writeFileSync(file, `${key}\n`, { flag: 'wx', mode: 0o600 })
    return key
  } catch (error) {
    // Two commands may start at once: the one that wrote first has made the key of both.
    const existing = isErrorWithCode(error, 'EEXIST') ? readKey(root) : null
    if (existing === null) throw error
    return existing
  }
}

function isErrorWithCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
