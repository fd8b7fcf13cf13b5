import type { ReactNode } from 'react'
import type { ShownError } from './router-context.ts'

/** What is shown where the app has no `error` file. */
export function DefaultError(props: { error: ShownError; reset: () => void }): ReactNode {
  const { message, digest } = props.error
  return (
    <div role="alert" style={{ padding: '4rem 1rem', textAlign: 'center' }}>
      <h1>Something went wrong.</h1>
      <p>{process.env.NODE_ENV === 'production' ? digest && `Error ${digest}` : message}</p>
      <button type="button" onClick={props.reset}>
        Try again
      </button>
    </div>
  )
}
