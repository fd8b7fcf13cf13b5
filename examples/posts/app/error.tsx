'use client'

type ErrorPageProps = { error: Error & { digest?: string }; reset: () => void }

/** In production the message stays on the server; the digest finds it in the log. */
export default function ErrorPage({ error, reset }: ErrorPageProps) {
  return (
    <section className="notice stack">
      <h1>That did not work</h1>
      <p>{error.digest ? `The log has it as ${error.digest}.` : error.message}</p>
      <button className="button" onClick={reset}>
        Try again
      </button>
    </section>
  )
}
