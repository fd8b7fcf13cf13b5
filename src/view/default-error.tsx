import type { ReactNode } from 'react'
import { Notice } from './notice.tsx'
import type { ShownError } from './router-context.ts'

/** What is shown where the app has no `error` file. */
export function DefaultError(props: { error: ShownError; reset: () => void }): ReactNode {
  const { message, digest } = props.error
  const text = process.env.NODE_ENV === 'production' ? digest : message
  return (
    <Notice title="Something went wrong" text={text}>
      <button type="button" onClick={props.reset}>
        Try again
      </button>
    </Notice>
  )
}
