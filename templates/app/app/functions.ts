'use server'

import { refresh } from 'volley/cache'
import { addEntry } from './guest-book'

export type SignState = { error?: string; name?: string; message?: string }

/** Runs on the server. Its arguments come from the browser, so it checks them itself. */
export async function signGuestBook(_: SignState, form: FormData): Promise<SignState> {
  const name = String(form.get('name') ?? '').trim()
  const message = String(form.get('message') ?? '').trim()
  if (!name || name.length > 50) return { error: 'Who are you, in 1 to 50 letters?', name, message }
  if (message.length < 3) return { error: 'Say a little more.', name, message }
  if (message.length > 500) return { error: 'At most 500 letters, please.', name, message }

  addEntry({ name, message })
  refresh() // The answer of this call carries the page with the new entry.
  return {}
}
