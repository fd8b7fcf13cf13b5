import { connect, type Socket } from 'node:net'
import { createAnswerReader, type Answer } from './answer-reader.ts'

export type Connection = {
  /** Sends one request; the next may follow when its answer is there. */
  send: (request: Buffer, onAnswer: (answer: Answer) => void) => void
  close: () => void
}

/** A connection that stays open. A server that ends it after an answer gets a new one. */
export function createConnection(
  port: number,
  onFailure: (error: Error) => void,
  onBody?: (piece: Buffer) => void,
): Connection {
  let waiting: ((answer: Answer) => void) | undefined
  let socket: Socket | undefined

  function open(): Socket {
    const read = createAnswerReader((answer) => {
      const settle = waiting
      waiting = undefined
      settle?.(answer)
    }, onBody)
    const opened = connect({ port, host: 'localhost', noDelay: true })
    opened.on('data', (data) => {
      try {
        read(data)
      } catch (error) {
        onFailure(error as Error)
      }
    })
    opened.on('error', onFailure)
    opened.on('close', () => {
      if (opened !== socket) return
      socket = undefined
      if (waiting) onFailure(new Error(`localhost:${port} has closed before it answered`))
    })
    return opened
  }

  return {
    send(request, onAnswer) {
      waiting = onAnswer
      socket ??= open()
      socket.write(request)
    },
    close() {
      const closed = socket
      socket = undefined
      closed?.destroy()
    },
  }
}
