import { updateTag } from 'volley/cache'
import { requireUser } from '@/auth/session'
import { insertComment, listComments, removeComment } from '@/db/comments'
import type { Post } from '@/db/posts'
import type { User } from '@/db/users'
import { field } from '@/forms/field'
import { Byline } from './byline'
import { SubmitButton } from './submit-button'

/** Two inline server functions. What they capture travels sealed: the browser cannot change it. */
export async function Comments({ post, user }: { post: Post; user: User | null }) {
  const comments = await listComments(post.id)

  async function add(form: FormData) {
    'use server'
    const author = await requireUser(`/posts/${post.id}`)
    const text = field(form, 'text')
    // The attributes of the textarea say so first; this answers those who go around them.
    if (!text || text.length > 1000)
      throw new Error(`No comment on “${post.title}”: 1 to 1000 letters.`)
    await insertComment(post.id, author.id, text)
    updateTag(`comments:${post.id}`)
  }

  return (
    <section className="comments stack">
      <h2>Comments</h2>
      {comments.length === 0 && <p className="quiet">Nobody has said anything yet.</p>}
      {comments.map((comment) => (
        <article key={comment.id} className="comment">
          <p>{comment.text}</p>
          <footer className="meta">
            <Byline author={comment.author} created={comment.created} />
            {comment.authorId === user?.id && (
              <form
                action={async () => {
                  'use server'
                  const author = await requireUser(`/posts/${post.id}`)
                  await removeComment(comment.id, author.id)
                  updateTag(`comments:${post.id}`)
                }}
              >
                <SubmitButton className="plain" pending="Deleting …">
                  Delete
                </SubmitButton>
              </form>
            )}
          </footer>
        </article>
      ))}
      <form action={add} className="stack">
        <textarea name="text" aria-label="Your comment" maxLength={1000} rows={3} required />
        <SubmitButton pending="Sending …">{user ? 'Comment' : 'Sign in to comment'}</SubmitButton>
      </form>
    </section>
  )
}
