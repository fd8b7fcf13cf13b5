import { query } from './connection'

export type User = { id: number; name: string }

export async function findUser(id: number): Promise<User | undefined> {
  const [user] = await query<User>('SELECT id, name FROM users WHERE id = ?', id)
  return user
}

type Account = User & { password: string | null }

/** An account by its name, in any case; `password` is its hash. */
export async function findAccount(name: string): Promise<Account | undefined> {
  const [account] = await query<Account>('SELECT * FROM users WHERE name = ?', name)
  return account
}

/** `undefined` when the name was taken in the meantime. */
export async function insertUser(name: string, password: string): Promise<User | undefined> {
  const [user] = await query<User>(
    'INSERT INTO users (name, password) VALUES (?, ?) ON CONFLICT DO NOTHING RETURNING id, name',
    ...[name, password],
  )
  return user
}
