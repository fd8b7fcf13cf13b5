'use client'

import { useActionState } from 'react'
import { sendFeedback } from './functions'

export function Feedback() {
  const [text, formAction] = useActionState(sendFeedback, '')
  return (
    <form action={formAction}>
      <input name="text" />
      <output>{text}</output>
      <button>Send</button>
    </form>
  )
}
