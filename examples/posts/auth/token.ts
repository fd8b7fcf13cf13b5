import { createHmac, timingSafeEqual } from 'node:crypto'

/** `<user>.<expiry>.<signature>`: readable by everybody, but only the server can write one. */
export function encodeToken(user: number, expires: number, secret: string): string {
  const claim = `${user}.${expires}`
  return `${claim}.${sign(claim, secret).toString('base64url')}`
}

/** The user of a token that is signed and not expired; `null` for anything else. */
export function decodeToken(token: string, secret: string): number | null {
  const [user = '', expires = '', signature = ''] = token.split('.')
  const expected = sign(`${user}.${expires}`, secret)
  const given = Buffer.from(signature, 'base64url')
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null
  return Number(expires) > Date.now() ? Number(user) : null
}

function sign(claim: string, secret: string): Buffer {
  return createHmac('sha256', secret).update(claim).digest()
}
