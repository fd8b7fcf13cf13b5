import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'

const file = 'data/session-secret'

let secret = process.env.SESSION_SECRET

/** The key that signs sessions: `SESSION_SECRET`, or one that this installation made for itself. */
export async function sessionSecret(): Promise<string> {
  secret ??= (await readKey()) ?? (await createKey())
  return secret
}

/** `undefined` where there is no key, or where another process is just writing it. */
async function readKey(): Promise<string | undefined> {
  const key = await readFile(file, 'utf8').catch(() => '')
  return key.length === 64 ? key : undefined
}

async function createKey(): Promise<string> {
  await mkdir('data', { recursive: true })
  const key = randomBytes(32).toString('hex')
  // 'wx' fails where the file exists: two processes never sign with different keys.
  await writeFile(file, key, { flag: 'wx', mode: 0o600 })
  return key
}
