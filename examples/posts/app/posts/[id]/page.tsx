import { cache } from 'react'
import { notFound } from 'volley/navigation'
import { currentUser } from '@/auth/session'
import { Byline } from '@/components/byline'
import { Comments } from '@/components/comments'
import { LikeButton } from '@/components/like-button'
import { SubmitButton } from '@/components/submit-button'
import { ViewCount } from '@/components/view-count'
import { isLiked } from '@/db/likes'
import { readPost } from '@/db/posts'
import { deletePost } from '@/functions/posts'

type PostPageProps = { params: Promise<{ id: string }> }

/** The page and its metadata ask for the same post; `cache` makes that one query. */
const load = cache(async (id: string) => {
  const post = /^\d{1,15}$/.test(id) ? await readPost(Number(id)) : undefined
  return post ?? notFound()
})

export async function generateMetadata({ params }: PostPageProps) {
  const { title, author } = await load((await params).id)
  return { title, description: `A post by ${author}` }
}

export default async function PostPage({ params }: PostPageProps) {
  const post = await load((await params).id)
  const user = await currentUser()
  const liked = user !== null && (await isLiked(post.id, user.id))
  return (
    <article className="post stack">
      <h1>{post.title}</h1>
      <p className="meta">
        <Byline author={post.author} created={post.created} />
        <ViewCount postId={post.id} views={post.views} />
      </p>
      {post.image && <img src={`/images/${post.image}`} alt="" />}
      {post.body.split(/\n\s*\n/).map((paragraph, i) => (
        <p key={i}>{paragraph}</p>
      ))}
      <div className="meta">
        <LikeButton postId={post.id} likes={post.likes} liked={liked} />
        {post.authorId === user?.id && (
          <form action={deletePost.bind(null, post.id)}>
            <SubmitButton className="plain" pending="Deleting …">
              Delete post
            </SubmitButton>
          </form>
        )}
      </div>
      <Comments post={post} user={user} />
    </article>
  )
}
