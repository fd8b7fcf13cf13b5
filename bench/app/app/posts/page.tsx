import { Counter } from './counter'
import { posts } from './data'
import { Feedback } from './feedback'
import { createPost, deletePost } from './functions'

export const dynamic = 'force-dynamic'

export default function Page() {
  return (
    <main>
      <form action={createPost}>
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
            <form action={deletePost.bind(null, post.id)}>
              <button>Delete</button>
            </form>
          </li>
        ))}
      </ul>
    </main>
  )
}
