import { posts } from '../posts/data'
import { publish } from './functions'
import { getAuthor, getPost } from './reads'

export const dynamic = 'force-dynamic'

/** Six cached reads, of which two are asked for only when the others are there. */
export default async function Page() {
  const shown = await Promise.all(posts.slice(0, 4).map(({ id }) => getPost(id)))
  const authors = await Promise.all(['ada', 'grace'].map((name) => getAuthor(name)))
  return (
    <main>
      <p>{authors.join(', ')}</p>
      <ul>
        {shown.map(({ id, title }) => (
          <li key={id}>{title}</li>
        ))}
      </ul>
      <form action={publish.bind(null, 'post-0')}>
        <button>Publish</button>
      </form>
    </main>
  )
}
