import { query } from './connection'

/** Images are rows, not files, so that they are wherever `DATABASE_URL` points. */
export type Image = { type: string; bytes: ArrayBuffer }

export async function insertImage({ type, bytes }: Image): Promise<string> {
  const name = crypto.randomUUID()
  await query('INSERT INTO images (name, type, bytes) VALUES (?, ?, ?)', name, type, bytes)
  return name
}

export async function findImage(name: string): Promise<Image | undefined> {
  const [image] = await query<Image>('SELECT type, bytes FROM images WHERE name = ?', name)
  return image
}
