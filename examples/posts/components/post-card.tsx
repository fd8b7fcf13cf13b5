import { Link } from 'volley/link'
import type { Post } from '@/db/posts'
import { Byline } from './byline'

export function PostCard({ post }: { post: Post }) {
  return (
    <article className="card">
      {post.image && <img src={`/images/${post.image}`} alt="" loading="lazy" />}
      <h2>
        <Link href={`/posts/${post.id}`}>{post.title}</Link>
      </h2>
      <p>{excerpt(post.body)}</p>
      <footer className="meta">
        <Byline author={post.author} created={post.created} />
        <span>♥ {post.likes}</span>
      </footer>
    </article>
  )
}

/** The beginning of the first paragraph, cut between words. */
function excerpt(body: string): string {
  const [first = ''] = body.split(/\n\s*\n/)
  return first.length > 160 ? `${first.slice(0, 160).replace(/\s+\S*$/, '')} …` : first
}
