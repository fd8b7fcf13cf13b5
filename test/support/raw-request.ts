import { connect } from 'node:net'

export type RawAnswer = { status: number; headers: string; body: string }

/**
 * Writes bytes to a socket and reads until the server closes it. For requests that no HTTP client
 * would send: wrong lengths, two Origins, a method with a body, a path that is not normalised.
 */
export function rawRequest(port: number, chunks: readonly string[]): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: 'localhost' })
    let received = ''
    socket.setEncoding('latin1').setTimeout(15_000, () => socket.destroy(new Error('No answer')))
    socket.on('connect', () => chunks.forEach((chunk) => socket.write(chunk)))
    socket.on('data', (text: string) => (received += text))
    socket.on('error', (error) => (received ? resolve(parse(received)) : reject(error)))
    socket.on('close', () => resolve(parse(received)))
  })
}

/** The text of a request with these header lines and a body of exactly that length. */
export function requestText(line: string, headers: readonly string[], body = ''): string {
  const length = body ? [`content-length: ${Buffer.byteLength(body)}`] : []
  return [`${line} HTTP/1.1`, ...headers, ...length, 'connection: close', '', body].join('\r\n')
}

function parse(received: string): RawAnswer {
  const end = received.indexOf('\r\n\r\n')
  const headers = end === -1 ? received : received.slice(0, end)
  return {
    status: Number(/^HTTP\/1\.1 (\d+)/.exec(headers)?.[1]),
    headers: headers.toLowerCase(),
    body: end === -1 ? '' : received.slice(end + 4),
  }
}
