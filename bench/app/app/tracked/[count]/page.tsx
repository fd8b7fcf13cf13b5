import { Region } from 'volley/region'
import { PostItem } from '../post-item'

export const dynamic = 'force-dynamic'
export const tags = ['posts']

/** As many posts as its path says, each of which says what it depends on. */
export default async function Page({ params }: { params: Promise<{ count: string }> }) {
  const count = Number((await params).count)
  const ids = Array.from({ length: count }, (_, index) => `post-${index}`)
  return (
    <main>
      <ul>
        {ids.map((id) => (
          <Region key={id} render={PostItem} props={{ id }} tags={[`post:${id}`]} />
        ))}
      </ul>
    </main>
  )
}
