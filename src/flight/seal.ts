import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'

/**
 * A sealed text: base64url of the key's 4-byte name, a 12-byte nonce, the AES-256-GCM ciphertext
 * and its 16-byte tag. The context is authenticated with it, so that what was sealed for one
 * server function opens for no other.
 */
export interface Seals {
  seal(text: string, context: string): string
  /**
   * The same, but the same text in the same context always gives the same seal, as a name must: its
   * nonce is made of both, by a key of its own.
   */
  sealAlike(text: string, context: string): string
  /**
   * `contexts` are the names of one function: its id, and those that older keys give to it.
   * @throws SealError if the text was altered, cut, sealed for another context or by another key
   */
  open(sealed: string, contexts: readonly string[]): string
}

export class SealError extends Error {
  override name = 'SealError'
  /** Of the function that the captured values are for. */
  id: string | null = null
}

const nameLength = 4
const nonceLength = 12
const tagLength = 16

/** `secrets` is the key ring, newest first: the first seals, all open. */
export function createSeals(secrets: readonly string[]): Seals {
  const keys = secrets.map(deriveKey)
  const [newest] = keys
  if (!newest) throw new SealError('The key ring is empty: set VOLLEY_SECRET')
  return {
    seal: (text, context) => sealWith(newest, randomBytes(nonceLength), { text, context }),
    sealAlike(text, context) {
      const digest = createHmac('sha256', newest.nonceKey).update(`${context}\0${text}`).digest()
      return sealWith(newest, digest.subarray(0, nonceLength), { text, context })
    },
    open(sealed, contexts) {
      const bytes = Buffer.from(sealed, 'base64url')
      // Several texts decode to the same bytes; only one of them was sealed.
      if (bytes.toString('base64url') !== sealed) throw new SealError('Not as it was written')
      if (bytes.length < nameLength + nonceLength + tagLength) throw new SealError('Too short')
      const name = bytes.subarray(0, nameLength)
      const key = keys.find((candidate) => candidate.name.equals(name))?.key
      if (!key) throw new SealError('Sealed by a key that is not in the ring')
      for (const context of contexts) {
        const text = openWith(key, bytes, context)
        if (text !== null) return text
      }
      throw new SealError('Altered, or sealed for another server function')
    },
  }
}

type Key = { name: Buffer; key: Buffer; nonceKey: Buffer }

function sealWith(
  { name, key }: Key,
  nonce: Buffer,
  { text, context }: { text: string; context: string },
): string {
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(Buffer.from(context))
  const parts = [name, nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]
  return Buffer.concat(parts).toString('base64url')
}

function openWith(key: Buffer, bytes: Buffer, context: string): string | null {
  const nonce = bytes.subarray(nameLength, nameLength + nonceLength)
  const decipher = createDecipheriv('aes-256-gcm', key, nonce)
  decipher.setAAD(Buffer.from(context))
  decipher.setAuthTag(bytes.subarray(-tagLength))
  const text = bytes.subarray(nameLength + nonceLength, -tagLength)
  try {
    return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8')
  } catch {
    // The tag does not fit: not this text, or not for this context.
    return null
  }
}

function deriveKey(secret: string): Key {
  const derive = (use: string, length: number): Buffer =>
    Buffer.from(hkdfSync('sha256', secret, '', use, length))
  const bytes = derive('volley seal', 32 + nameLength)
  return {
    key: bytes.subarray(0, 32),
    name: bytes.subarray(32),
    nonceKey: derive('volley seal nonce', 32),
  }
}
