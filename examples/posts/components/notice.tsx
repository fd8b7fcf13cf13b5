import type { ReactNode } from 'react'
import { Link } from 'volley/link'

/** A page that has little to say: not found, not allowed, broken. */
export function Notice({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="notice stack">
      <h1>{title}</h1>
      <p>{children}</p>
      <Link href="/" className="button">
        All posts
      </Link>
    </section>
  )
}
