import { cached } from 'volley/cache'
import { query } from './connection'

export type Comment = {
  id: number
  text: string
  created: number
  authorId: number
  author: string
}

export const listComments = cached(
  (post: number) =>
    query<Comment>(
      `SELECT c.id, c.text, c.created, u.id AS authorId, u.name AS author
       FROM comments c JOIN users u ON u.id = c.author WHERE c.post = ? ORDER BY c.id`,
      post,
    ),
  { tags: (post) => [`comments:${post}`] },
)

export async function insertComment(post: number, author: number, text: string): Promise<void> {
  await query(
    'INSERT INTO comments (post, author, text, created) VALUES (?, ?, ?, ?)',
    ...[post, author, text, Date.now()],
  )
}

/** Only an author's own comment: the check is part of the statement. */
export async function removeComment(id: number, author: number): Promise<void> {
  await query('DELETE FROM comments WHERE id = ? AND author = ?', id, author)
}
