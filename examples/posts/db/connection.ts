import { mkdir } from 'node:fs/promises'
import { createClient, type Client, type InStatement, type InValue } from '@libsql/client'
import { schema } from './schema'
import { seed } from './seed'

let opened: Promise<Client> | undefined

/** The typed rows of a query: `Row` is what the SQL beside it selects. */
export async function query<Row>(sql: string, ...args: InValue[]): Promise<Row[]> {
  const { rows } = await (await connect()).execute(sql, args)
  return rows as unknown as Row[]
}

/** Runs all statements, or none of them. */
export async function transaction(statements: InStatement[]): Promise<void> {
  await (await connect()).batch(statements, 'write')
}

/** One client for the whole process. A failed start is forgotten, so that the next query tries again. */
function connect(): Promise<Client> {
  opened ??= open().catch((error: unknown) => {
    opened = undefined
    throw error
  })
  return opened
}

async function open(): Promise<Client> {
  const { DATABASE_URL: url, DATABASE_AUTH_TOKEN: authToken } = process.env
  if (!url) await mkdir('data', { recursive: true })
  const client = createClient({ url: url ?? 'file:./data/posts.db', authToken })
  await client.executeMultiple(schema)
  await seed(client)
  return client
}
