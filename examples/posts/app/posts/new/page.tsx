import { requireUser } from '@/auth/session'
import { PostForm } from '@/components/post-form'

export const metadata = { title: 'New post' }

export default async function NewPostPage() {
  await requireUser('/posts/new')
  return (
    <section className="narrow stack">
      <h1>New post</h1>
      <PostForm />
    </section>
  )
}
