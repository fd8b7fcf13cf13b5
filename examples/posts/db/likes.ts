import { query } from './connection'

export async function isLiked(post: number, user: number): Promise<boolean> {
  return (await query('SELECT 1 FROM likes WHERE post = ? AND user = ?', post, user)).length > 0
}

/** Says what shall be, not what to change: a click that arrives twice does no harm. */
export async function saveLike(post: number, user: number, liked: boolean): Promise<void> {
  const sql = liked
    ? 'INSERT OR IGNORE INTO likes (post, user) VALUES (?, ?)'
    : 'DELETE FROM likes WHERE post = ? AND user = ?'
  await query(sql, post, user)
}
