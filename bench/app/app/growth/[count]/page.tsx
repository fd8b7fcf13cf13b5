import { deletePost } from '../../posts/functions'
import { Refresh } from '../refresh'

export const dynamic = 'force-dynamic'

/** As many posts as the path says. */
export default async function Page({ params }: { params: Promise<{ count: string }> }) {
  const count = Number((await params).count)
  return (
    <main>
      <Refresh count={count} />
      <ul>
        {Array.from({ length: count }, (_, index) => (
          <li key={index}>
            <h2>{`Post number ${index}`}</h2>
            <p>{`The text of post number ${index}, which is about as long as a short sentence.`}</p>
            <form action={deletePost.bind(null, `post-${index}`)}>
              <button>Delete</button>
            </form>
          </li>
        ))}
      </ul>
    </main>
  )
}
