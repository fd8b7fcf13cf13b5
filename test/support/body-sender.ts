import { Agent, request } from 'node:http'

export type SentBody = { headers: Record<string, string>; pieces: readonly Buffer[]; path?: string }

/** `hang` where no answer came in time, `reset` where the connection broke without one. */
export type BodyAnswer = { status: number | 'hang' | 'reset'; text: string }

export interface BodySender {
  send(body: SentBody): Promise<BodyAnswer>
  close(): void
}

/** In milliseconds: longer than decoding and refusing may ever take together. */
const patience = 15_000

/** Posts bodies to an app, over connections that it keeps: for the many requests of a fuzzer. */
export function createBodySender(port: number): BodySender {
  const agent = new Agent({ keepAlive: true })
  return {
    send: (body) => send(port, agent, body),
    close: () => agent.destroy(),
  }
}

function send(port: number, agent: Agent, { headers, pieces, path = '/' }: SentBody) {
  return new Promise<BodyAnswer>((resolve) => {
    const length = pieces.reduce((sum, piece) => sum + piece.length, 0)
    const outgoing = request({
      port,
      path,
      agent,
      method: 'POST',
      host: 'localhost',
      headers: { ...headers, 'content-length': String(length) },
    })
    const timer = setTimeout(() => {
      resolve({ status: 'hang', text: '' })
      outgoing.destroy()
    }, patience)
    const settle = (answer: BodyAnswer): void => {
      clearTimeout(timer)
      resolve(answer)
    }
    outgoing.on('error', (error) => settle({ status: 'reset', text: error.message }))
    outgoing.on('response', (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
      response.on('error', (error) => settle({ status: 'reset', text: error.message }))
      response.on('end', () => settle({ status: response.statusCode ?? 0, text }))
    })
    for (const piece of pieces) outgoing.write(piece)
    outgoing.end()
  })
}
