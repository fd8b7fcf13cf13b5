'use client'

import { useActionState } from 'react'
import { signGuestBook } from './functions'

/** Works before its JavaScript has arrived, and without any. */
export function SignForm() {
  const [state, sign, pending] = useActionState(signGuestBook, {})
  return (
    <form action={sign}>
      <input name="name" aria-label="Name" placeholder="Name" defaultValue={state.name} required />
      <textarea
        name="message"
        aria-label="Message"
        placeholder="Message"
        defaultValue={state.message}
        required
      />
      {state.error && <p role="alert">{state.error}</p>}
      <button disabled={pending}>{pending ? 'Signing …' : 'Sign'}</button>
    </form>
  )
}
