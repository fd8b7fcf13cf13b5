import { connect } from 'node:net'
import type { RawAnswer } from './raw-request.ts'

/** A request that is sent as far as a test wants, and may be answered before it has ended. */
export type HeldRequest = {
  send(text: string): void
  /** The first whole answer; rejects if the connection ends without one. */
  answered: Promise<RawAnswer>
  isAnswered: () => boolean
  close(): void
}

export function holdRequest(port: number, text: string): HeldRequest {
  const socket = connect({ port, host: 'localhost' })
  let received = ''
  let isAnswered = false
  const answered = new Promise<RawAnswer>((resolve, reject) => {
    const settle = (): void => {
      const answer = wholeAnswer(received)
      if (!answer) return
      isAnswered = true
      resolve(answer)
    }
    socket.setEncoding('latin1').setTimeout(15_000, () => socket.destroy(new Error('No answer')))
    socket.on('data', (piece: string) => {
      received += piece
      settle()
    })
    // What is sent after a refusal may be answered by a reset.
    socket.on('error', reject)
    socket.on('close', () => reject(new Error(`Closed after ${JSON.stringify(received)}`)))
  })
  socket.write(text)
  return {
    send: (more) => void socket.write(more),
    answered,
    isAnswered: () => isAnswered,
    close: () => socket.destroy(),
  }
}

function wholeAnswer(received: string): RawAnswer | null {
  const end = received.indexOf('\r\n\r\n')
  if (end === -1) return null
  const headers = received.slice(0, end).toLowerCase()
  const body = received.slice(end + 4)
  const length = /^content-length: (\d+)$/m.exec(headers)?.[1]
  const isWhole = length === undefined ? body.endsWith('0\r\n\r\n') : body.length >= Number(length)
  if (!isWhole) return null
  return { status: Number(/^http\/1\.1 (\d+)/.exec(headers)?.[1]), headers, body }
}
