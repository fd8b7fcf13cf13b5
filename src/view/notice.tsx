import type { ReactNode } from 'react'

/** Volley's own text, where the app has no file for what happened. */
export function Notice(props: {
  title: ReactNode
  text: ReactNode
  children?: ReactNode
}): ReactNode {
  return (
    <div style={{ padding: '4rem 1rem', textAlign: 'center' }}>
      <h1>{props.title}</h1>
      <p>{props.text}</p>
      {props.children}
    </div>
  )
}
