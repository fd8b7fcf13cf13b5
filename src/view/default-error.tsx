import type { ReactNode } from 'react'
import { Notice } from './notice.tsx'
import type { ShownError } from './router-context.ts'

/** What is shown where the app has no `error` file. */
export function DefaultError(props: { error: ShownError; reset: () => void }): ReactNode {
  const { message, digest } = props.error
  return (
    <Notice title="Something went wrong.">
      <p>{process.env.NODE_ENV === 'production' ? (digest ?? message) : message}</p>
      <button type="button" onClick={props.reset}>
        Try again
      </button>
    </Notice>
  )
}
