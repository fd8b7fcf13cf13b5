'use client'
import { useRouter } from 'volley/navigation'

/** Without JavaScript the browser itself goes to `/?q=…`. */
export function Search({ text }: { text: string }) {
  const router = useRouter()
  return (
    <form
      action="/"
      role="search"
      onSubmit={(event) => {
        event.preventDefault()
        const fields = new FormData(event.currentTarget)
        router.push(`/?${new URLSearchParams({ q: String(fields.get('q')) })}`)
      }}
    >
      <input type="search" name="q" defaultValue={text} aria-label="Search" placeholder="Search" />
    </form>
  )
}
