import { cached } from 'volley/cache'
import { query, transaction } from './connection'

export type Post = {
  id: number
  title: string
  body: string
  image: string | null
  views: number
  created: number
  authorId: number
  author: string
  likes: number
}

const select = `
  SELECT p.id, p.title, p.body, p.image, p.views, p.created, u.id AS authorId, u.name AS author,
    (SELECT count(*) FROM likes WHERE post = p.id) AS likes
  FROM posts p JOIN users u ON u.id = p.author`

/** The newest posts first; with `search`, those whose title or text contains it. */
export const listPosts = cached(
  (search: string) => {
    const found = 'instr(lower(p.title || p.body), lower(?)) > 0'
    return query<Post>(`${select} WHERE ? = '' OR ${found} ORDER BY p.id DESC`, search, search)
  },
  { tags: ['posts'] },
)

/** For pages. Views are counted without a word to the cache, so they may be a minute old. */
export const readPost = cached((id: number) => findPost(id), {
  tags: (id) => [`post:${id}`],
  ttl: 60,
})

/** For functions, which decide by it what somebody may do: never from the cache. */
export async function findPost(id: number): Promise<Post | undefined> {
  const [post] = await query<Post>(`${select} WHERE p.id = ?`, id)
  return post
}

type NewPost = { author: number; title: string; body: string; image: string | null }

export async function insertPost({ author, title, body, image }: NewPost): Promise<number> {
  const [row] = await query<{ id: number }>(
    'INSERT INTO posts (author, title, body, image, created) VALUES (?, ?, ?, ?, ?) RETURNING id',
    ...[author, title, body, image, Date.now()],
  )
  if (!row) throw new Error('The database did not return the id of the new post.')
  return row.id
}

export async function removePost({ id, image }: Pick<Post, 'id' | 'image'>): Promise<void> {
  await transaction([
    { sql: 'DELETE FROM likes WHERE post = ?', args: [id] },
    { sql: 'DELETE FROM comments WHERE post = ?', args: [id] },
    { sql: 'DELETE FROM posts WHERE id = ?', args: [id] },
    { sql: 'DELETE FROM images WHERE name = ?', args: [image] },
  ])
}

/** Counts one view and returns how many there are now. */
export async function addView(id: number): Promise<number> {
  const [row] = await query<{ views: number }>(
    'UPDATE posts SET views = views + 1 WHERE id = ? RETURNING views',
    id,
  )
  return row?.views ?? 0
}
