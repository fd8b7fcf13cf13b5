import type { Client } from '@libsql/client'
import { authors, posts } from './seed.json'

const day = 24 * 60 * 60 * 1000

/** Fills an empty database. Its authors have no password, so nobody can sign in as one of them. */
export async function seed(client: Client): Promise<void> {
  const { rows } = await client.execute('SELECT 1 FROM users LIMIT 1')
  if (rows.length > 0) return

  const now = Date.now()
  // Fixed ids and IGNORE: of two processes that start at once, the second one changes nothing.
  await client.batch(
    [
      ...authors.map((name, i) => ({
        sql: 'INSERT OR IGNORE INTO users (id, name) VALUES (?, ?)',
        args: [i + 1, name],
      })),
      ...posts.map(({ author, title, body, views }, i) => ({
        sql: `INSERT OR IGNORE INTO posts (id, author, title, body, views, created)
              VALUES (?, (SELECT id FROM users WHERE name = ?), ?, ?, ?, ?)`,
        args: [i + 1, author, title, body.join('\n\n'), views, now - (posts.length - i) * 3 * day],
      })),
      'INSERT OR IGNORE INTO likes SELECT p.id, u.id FROM posts p, users u WHERE (p.id + u.id) % 4 > 0',
    ],
    'write',
  )
}
