'use server'

import { updateTag } from 'volley/cache'
import { forbidden, notFound, redirect } from 'volley/navigation'
import { requireUser } from '@/auth/session'
import { insertImage } from '@/db/images'
import { saveLike } from '@/db/likes'
import { addView, findPost, insertPost, removePost, type Post } from '@/db/posts'
import { parsePost, type PostFormState } from '@/forms/post'

/** Returns what is wrong with the form, or redirects to the new post. */
export async function createPost(_: PostFormState, form: FormData): Promise<PostFormState> {
  const user = await requireUser('/posts/new')
  const parsed = await parsePost(form)
  if ('errors' in parsed) return parsed

  const image = parsed.image && (await insertImage(parsed.image))
  const id = await insertPost({ ...parsed, author: user.id, image })
  updateTag('posts')
  // Somebody may have looked for it before it was there.
  updateTag(`post:${id}`)
  redirect(`/posts/${id}`)
}

/** Anybody can send this request, so the function itself checks whose post it is. */
export async function deletePost(id: number): Promise<void> {
  const post = await existingPost(id)
  const user = await requireUser(`/posts/${post.id}`)
  if (post.authorId !== user.id) forbidden()

  await removePost(post)
  updateTag('posts')
  updateTag(`post:${post.id}`)
  redirect('/')
}

export async function likePost(id: number, liked: boolean): Promise<void> {
  const post = await existingPost(id)
  const user = await requireUser(`/posts/${post.id}`)
  await saveLike(post.id, user.id, liked)
  updateTag('posts')
  updateTag(`post:${post.id}`)
}

/** Invalidates nothing, so the answer is one number and no page is rendered. */
export async function countView(id: number): Promise<number> {
  return addView((await existingPost(id)).id)
}

/** The types of arguments are what the browser promises; this is where the promise is checked. */
async function existingPost(id: number): Promise<Post> {
  return (Number.isSafeInteger(id) && (await findPost(id))) || notFound()
}
