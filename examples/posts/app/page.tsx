import { PostCard } from '@/components/post-card'
import { Search } from '@/components/search'
import { listPosts } from '@/db/posts'

type HomePageProps = { searchParams: Promise<{ q?: string | string[] }> }

export default async function HomePage({ searchParams }: HomePageProps) {
  const { q } = await searchParams
  const search = typeof q === 'string' ? q.trim() : ''
  const posts = await listPosts(search)
  return (
    <>
      <div className="intro">
        <h1>Thoughts worth a page</h1>
        <Search text={search} />
      </div>
      {posts.length === 0 && <p className="quiet">No post says “{search}”.</p>}
      <div className="cards">
        {posts.map((post) => (
          <PostCard key={post.id} post={post} />
        ))}
      </div>
    </>
  )
}
