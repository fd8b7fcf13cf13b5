import { createHmac } from 'node:crypto'
import { maxIdLength, withArity, type FunctionIdentity } from '../wire/reference.ts'

/**
 * The id of a server function in production: 128 bits that nobody can guess without the secret,
 * and the number of its parameters, which they cover.
 */
export function secretId(secret: string, identity: FunctionIdentity): string {
  const { path, name, hash, arity } = identity
  const text = withArity(hash === '' ? `${path}#${name}` : `${path}#${name}#${hash}`, arity)
  const digest = createHmac('sha256', secret).update(text).digest()
  return withArity(digest.subarray(0, 16).toString('base64url'), arity)
}

/**
 * The id of a server function in development: readable, and the same after the function was
 * edited. It is sent as a header and as the name of a form field, so it is plain ASCII.
 */
export function readableId(identity: FunctionIdentity): string {
  const { path, name, arity } = identity
  const id = withArity(`${escapeIdPart(path)}#${escapeIdPart(name)}`, arity)
  if (id.length <= maxIdLength) return id
  const digest = createHmac('sha256', '').update(id).digest('hex').slice(0, 16)
  return withArity(`~${digest}#${escapeIdPart(name).slice(-60)}`, arity)
}

/** The file that a readable id names; `null` for a text that is no such id. */
export function pathOfReadableId(id: string): string | null {
  const end = id.indexOf('#')
  if (end < 1 || id.startsWith('~') || id.length > maxIdLength) return null
  try {
    return decodeURIComponent(id.slice(0, end))
  } catch {
    // A malformed escape: not an id that we wrote.
    return null
  }
}

function escapeIdPart(part: string): string {
  return part.replaceAll(/[^\w./()[\]@~$-]/gu, encodeURIComponent)
}
