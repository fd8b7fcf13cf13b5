import type { ReactNode } from 'react'

/** Volley's own text, where the app has no file for what happened. */
export function Notice({ title, children }: { title: string; children?: ReactNode }): ReactNode {
  return (
    <div style={{ padding: 64, textAlign: 'center' }}>
      <h1>{title}</h1>
      {children}
    </div>
  )
}
