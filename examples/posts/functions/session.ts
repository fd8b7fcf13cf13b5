'use server'

import { redirect } from 'volley/navigation'
import { hashPassword, isPassword } from '@/auth/password'
import { endSession, startSession } from '@/auth/session'
import { findAccount, insertUser } from '@/db/users'
import { parseCredentials, returnPath, type SignInState } from '@/forms/account'

/** Signs in; a name that nobody has makes a new account. */
export async function signIn(_: SignInState, form: FormData): Promise<SignInState> {
  const parsed = parseCredentials(form)
  if ('errors' in parsed) return parsed

  const { name, password } = parsed
  const wrong = { errors: { password: 'That is not the password of this name.' }, values: { name } }
  const account = await findAccount(name)
  if (account && !(account.password && (await isPassword(password, account.password)))) return wrong

  const user = account ?? (await insertUser(name, await hashPassword(password)))
  if (!user) return wrong
  await startSession(user)
  redirect(returnPath(form))
}

/** Deleting the cookie is enough: the answer carries the page as it looks without it. */
export async function signOut(): Promise<void> {
  await endSession()
}
