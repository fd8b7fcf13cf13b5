import { createConnection } from './connection.ts'
import { createEncoder, type Request } from './request.ts'

export type Sent = { status: number; text: string }

/** Sends one request, as the load would, and gives its answer. */
export function send(port: number, request: Request): Promise<Sent> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = []
    const connection = createConnection(port, reject, (piece) => pieces.push(Buffer.from(piece)))
    connection.send(createEncoder(request, `localhost:${port}`)(), ({ status }) => {
      connection.close()
      resolve({ status, text: Buffer.concat(pieces).toString() })
    })
  })
}
