import { useActionState } from 'react'
import { sendFeedback } from './functions'

export function Feedback() {
  const [text, formAction] = useActionState(
    (previous: string, formData: FormData) => sendFeedback({ data: { previous, formData } }),
    '',
  )
  return (
    <form action={formAction}>
      <input name="text" />
      <output>{text}</output>
      <button>Send</button>
    </form>
  )
}
