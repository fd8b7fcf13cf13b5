import { connect, createServer, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'
import { freePort } from './free-port.ts'

/** What stands between a client and its Redis, and can be in the way. */
export type RedisProxy = {
  port: number
  /** Nothing listens any more, and what was open is reset. */
  refuse: () => Promise<void>
  /** Connections are open, and nothing comes through any more. */
  swallow: () => void
  /** What is open is reset; new connections work. */
  reset: () => void
  /** Replies come this late, in milliseconds. */
  delay: (milliseconds: number) => void
  /** Everything works again. */
  back: () => Promise<void>
}

/** A TCP proxy that breaks connections as networks do, and ends with the test. */
export async function startRedisProxy(target: number): Promise<RedisProxy> {
  const port = await freePort()
  const open = new Set<Socket>()
  let isSwallowing = false
  let lateness = 0

  const forward = (from: Socket, to: Socket, lateBy: () => number): void => {
    from.on('data', (bytes) => {
      if (lateBy() === 0) to.write(bytes)
      else setTimeout(() => to.write(bytes), lateBy())
    })
    from.on('error', () => undefined)
    from.on('close', () => {
      open.delete(from)
      to.destroy()
    })
    open.add(from)
    if (isSwallowing) from.pause()
  }
  const server = createServer((client) => {
    const upstream = connect({ port: target, host: '127.0.0.1' })
    forward(client, upstream, () => 0)
    forward(upstream, client, () => lateness)
  })
  const listen = () =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, '127.0.0.1', resolve)
    })
  const reset = (): void => {
    for (const socket of open) socket.resetAndDestroy()
  }
  const refuse = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      reset()
    })

  await listen()
  onTestFinished(async () => {
    if (server.listening) await refuse()
  })
  return {
    port,
    refuse,
    reset,
    swallow() {
      isSwallowing = true
      for (const socket of open) socket.pause()
    },
    delay(milliseconds) {
      lateness = milliseconds
    },
    async back() {
      isSwallowing = false
      lateness = 0
      for (const socket of open) socket.resume()
      if (!server.listening) await listen()
    },
  }
}
