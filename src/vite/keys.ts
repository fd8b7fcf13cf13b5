import { loadOrCreateKeyRing, type KeyRing, type KeySource } from '../secret/key-ring.ts'

export type Keys = { ring: KeyRing; source: KeySource }

/** The key ring of the app: read once, and only when something is made with it. */
export function createKeys(): (root: string) => Keys {
  let keys: Keys | undefined
  return (root) => (keys ??= loadOrCreateKeyRing(root, process.env))
}
