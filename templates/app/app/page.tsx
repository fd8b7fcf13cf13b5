import { listEntries } from './guest-book'
import { SignForm } from './sign-form'

export default function HomePage() {
  const entries = listEntries()
  return (
    <main>
      <h1>Guest book</h1>
      <SignForm />
      <ul>
        {entries.map((entry, i) => (
          <li key={entries.length - i}>
            {entry.message} <cite>{entry.name}</cite>
          </li>
        ))}
      </ul>
    </main>
  )
}
