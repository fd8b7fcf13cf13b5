import { cache } from 'react'
import { cookies, headers } from 'volley/headers'
import { redirect } from 'volley/navigation'
import { findUser, type User } from '@/db/users'
import { sessionSecret } from './secret'
import { decodeToken, encodeToken } from './token'

const cookie = 'session'
const month = 30 * 24 * 60 * 60

/** Who is signed in; looked up once per render, however many components ask. */
export const currentUser = cache(async (): Promise<User | null> => {
  const token = (await cookies()).get(cookie)?.value
  const id = token ? decodeToken(token, await sessionSecret()) : null
  return id === null ? null : ((await findUser(id)) ?? null)
})

/** The same for work that needs somebody; others sign in first and come back to `from`. */
export async function requireUser(from: string): Promise<User> {
  return (await currentUser()) ?? redirect(`/sign-in?from=${encodeURIComponent(from)}`)
}

export async function startSession(user: User): Promise<void> {
  const token = encodeToken(user.id, Date.now() + month * 1000, await sessionSecret())
  const options = {
    httpOnly: true,
    sameSite: 'lax',
    secure: await isPublic(),
    maxAge: month,
  } as const
  ;(await cookies()).set(cookie, token, options)
}

export async function endSession(): Promise<void> {
  ;(await cookies()).delete(cookie)
}

/** In production only localhost may do without https, so that `volley start` can be tried at home. */
async function isPublic(): Promise<boolean> {
  const host = (await headers()).get('host') ?? ''
  const local = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(host)
  return process.env.NODE_ENV === 'production' && !local
}
