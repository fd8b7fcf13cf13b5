import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import type { Log } from '../server/log.ts'
import { encodeRefusal } from '../wire/refusal.ts'
import type { OpenAnswers } from './open-answers.ts'

/** What Node's parser finds wrong, and the status that says so; all else is a bad request. */
const statuses: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
}

type Parts = {
  log: Log
  answers: OpenAnswers
}

/**
 * Answers what is no HTTP, or comes too slowly, as every other request that is refused: Node's own
 * answer has no body, and may be stored. An answer that has begun is broken off instead.
 */
export function refuseClientErrors(server: Server, { log, answers }: Parts): void {
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    // Who has gone away is no news.
    if (!socket.writable || error.code === 'ECONNRESET' || hasBegun(socket, answers)) {
      socket.destroy()
      return
    }
    const code = error.code ?? ''
    const status = statuses[code] ?? '400 Bad Request'
    log({
      kind: 'refused',
      status: Number.parseInt(status, 10),
      reason: `No request: ${code}`,
      ...unread,
    })
    socket.end(refusalText(status))
  })
}

function hasBegun(socket: Socket, answers: OpenAnswers): boolean {
  return answers
    .items()
    .some((answer) => answer.socket === socket && answer.headersSent && !answer.writableFinished)
}

/** What a request that could not be read has of it. */
const unread = { method: '', target: '' }

function refusalText(status: string): string {
  const body = encodeRefusal('bad-request')
  const lines = [
    `HTTP/1.1 ${status}`,
    'content-type: text/plain',
    'cache-control: no-store',
    'x-content-type-options: nosniff',
    `content-length: ${body.length}`,
    'connection: close',
  ]
  return `${lines.join('\r\n')}\r\n\r\n${body}`
}
