import { Region } from 'volley/region'
import { editAll } from '../functions'
import { PostItem } from '../post-item'

export const dynamic = 'force-dynamic'
export const tags = ['posts']

/** As many posts as the path says, each of which says what it depends on. */
export default async function Page({ params }: { params: Promise<{ count: string }> }) {
  const count = Number((await params).count)
  return (
    <main>
      <form action={editAll.bind(null, count)}>
        <button>Edit all</button>
      </form>
      <ul>
        {Array.from({ length: count }, (_, index) => (
          <Region
            key={index}
            render={PostItem}
            props={{ id: `post-${index}` }}
            tags={[`post:post-${index}`]}
          />
        ))}
      </ul>
    </main>
  )
}
