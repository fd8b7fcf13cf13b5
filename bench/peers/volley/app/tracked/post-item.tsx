import { editPost } from './functions'

/** A post of `/posts`, element for element. */
export function PostItem({ id }: { id: string }) {
  const number = id.slice('post-'.length)
  return (
    <li>
      <h2>{`Post number ${number}`}</h2>
      <p>{`The text of post number ${number}, which is about as long as a short sentence.`}</p>
      <form action={editPost.bind(null, id)}>
        <button>Edit</button>
      </form>
    </li>
  )
}
