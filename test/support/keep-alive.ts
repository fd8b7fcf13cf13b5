import { Agent, request, type IncomingHttpHeaders } from 'node:http'
import type { App } from './app.ts'

export type Asked = {
  method?: string
  headers?: Record<string, string>
  body?: string
  /** Ends the connection as soon as the first bytes of the body are here. */
  leaveEarly?: boolean
}

export type Told = { status: number; headers: IncomingHttpHeaders; text: string }

export type KeepAlive = (target: string, asked?: Asked) => Promise<Told>

/** A client that asks again and again on the same connections, as a proxy in front of an app does. */
export function keepAlive(
  { port }: Pick<App, 'port'>,
  connections: number,
): KeepAlive & Disposable {
  const agent = new Agent({ keepAlive: true, maxSockets: connections, scheduling: 'fifo' })
  const ask: KeepAlive = (
    target,
    { method = 'GET', headers = {}, body = '', leaveEarly = false } = {},
  ) =>
    new Promise((resolve, reject) => {
      const sent = request({ agent, port, host: 'localhost', path: target, method, headers })
      sent.on('error', reject)
      sent.on('response', (answer) => {
        const { statusCode: status = 0, headers: received } = answer
        let text = ''
        const end = () => resolve({ status, headers: received, text })
        answer.setEncoding('utf8').on('end', end).on('error', end).on('close', end)
        answer.on('data', (piece: string) => {
          text += piece
          if (leaveEarly) sent.destroy()
        })
      })
      sent.end(body)
    })
  return Object.assign(ask, { [Symbol.dispose]: () => agent.destroy() })
}

/** Runs `work` for each number below `count`, at most `width` of them at a time. */
export async function crowd(
  count: number,
  width: number,
  work: (index: number) => Promise<unknown>,
): Promise<void> {
  let next = 0
  const one = async () => {
    while (next < count) await work(next++)
  }
  await Promise.all(Array.from({ length: width }, one))
}
