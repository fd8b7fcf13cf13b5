import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

/** The database of several servers: a version for each key, which a POST makes the next one. */
export type DatabaseServer = {
  origin: string
  /** How often keys were read. */
  reads: () => number
  /** The last version of a key. */
  version: (key: string) => number
}

/**
 * Answers after up to `latency` milliseconds. A read is answered with what was there when it came,
 * so that it may be overtaken by a write; a write counts before it is answered.
 */
export async function startDatabaseServer(latency: number): Promise<DatabaseServer> {
  const versions = new Map<string, number>()
  let reads = 0
  const server = createServer((request, response) => {
    const key = request.url ?? ''
    const isWrite = request.method === 'POST'
    if (isWrite) versions.set(key, (versions.get(key) ?? 0) + 1)
    else reads++
    const version = versions.get(key) ?? 0
    setTimeout(() => response.end(String(version)), Math.random() * latency)
  })
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    reads: () => reads,
    version: (key) => versions.get(`/${key}`) ?? 0,
  }
}
