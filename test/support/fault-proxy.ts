import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

/** What becomes of the bytes from the server to the client: `cut` ends both connections at the first. */
export type Fault = 'none' | 'cut'

export type FaultProxy = {
  port: number
  /** Of the connections that a request arrives on from now on; `null` for all the others. */
  next: (fault: Fault, isMeant: (request: string) => boolean) => void
  /** To where new connections go: each of these ports in turn. */
  balance: (ports: readonly number[]) => void
}

/** A TCP proxy that breaks connections when a test wants it to, and ends with the test. */
export async function startFaultProxy(ports: readonly number[]): Promise<FaultProxy> {
  let targets = ports
  let turn = 0
  let pending: { fault: Fault; isMeant: (request: string) => boolean } | null = null
  const open = new Set<Socket>()

  const server = createServer((client) => {
    const upstream = connect({ port: targets[turn++ % targets.length]!, host: 'localhost' })
    let isCut = false
    const end = () => {
      client.destroy()
      upstream.destroy()
    }
    for (const socket of [client, upstream]) {
      open.add(socket)
      socket.on('error', end)
      socket.on('close', end)
    }
    client.on('data', (bytes) => {
      if (pending?.isMeant(bytes.toString('latin1'))) {
        isCut = pending.fault === 'cut'
        pending = null
      }
      upstream.write(bytes)
    })
    upstream.on('data', (bytes) => (isCut ? end() : client.write(bytes)))
  })
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  onTestFinished(() => {
    for (const socket of open) socket.destroy()
    server.close()
  })
  return {
    port: (server.address() as AddressInfo).port,
    next: (fault, isMeant) => {
      pending = { fault, isMeant }
    },
    balance: (others) => {
      targets = others
    },
  }
}
