import { createFileRoute, useRouter } from '@tanstack/react-router'
import { Counter } from '../posts/counter'
import { Feedback } from '../posts/feedback'
import { createPost, deletePost, listPosts } from '../posts/functions'

export const Route = createFileRoute('/posts/')({ loader: () => listPosts(), component: Page })

function Page() {
  const router = useRouter()
  const posts = Route.useLoaderData()
  async function create(formData: FormData) {
    await createPost({ data: formData })
    await router.invalidate()
  }
  async function remove(id: string) {
    await deletePost({ data: id })
    await router.invalidate()
  }
  return (
    <main>
      <form action={create}>
        <input name="title" required />
        <button>Create</button>
      </form>
      <Counter />
      <Feedback />
      <ul>
        {posts.map((post) => (
          <li key={post.id}>
            <h2>{post.title}</h2>
            <p>{post.text}</p>
            <form action={remove.bind(null, post.id)}>
              <button>Delete</button>
            </form>
          </li>
        ))}
      </ul>
    </main>
  )
}
