import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Where the apps of a test read their data: each read of a name gives the next number. */
export type SourceServer = {
  origin: string
  /** How often a name was read. */
  reads: (name: string) => number
  /** What is added to the next answers for a name. */
  note: (name: string, text: string) => void
  close: () => void
}

export async function startSourceServer(): Promise<SourceServer> {
  const reads = new Map<string, number>()
  const notes = new Map<string, string>()
  const server = createServer((request, response) => {
    const name = (request.url ?? '/').slice(1)
    const count = (reads.get(name) ?? 0) + 1
    reads.set(name, count)
    response.end(`${name} ${count}${notes.get(name) ?? ''}`)
  })
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    reads: (name) => reads.get(name) ?? 0,
    note: (name, text) => void notes.set(name, text),
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}
