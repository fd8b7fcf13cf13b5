import { expect, test } from 'vitest'
import { createAnswerReader, type Answer } from '../../bench/load/answer-reader.ts'

const withLength = 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello'
const inChunks =
  'HTTP/1.1 404 Not Found\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n'

function read(pieces: readonly string[]): { answers: Answer[]; bodies: string } {
  const answers: Answer[] = []
  let bodies = ''
  const arrive = createAnswerReader(
    (answer) => answers.push(answer),
    (piece) => (bodies += piece.toString()),
  )
  for (const piece of pieces) arrive(Buffer.from(piece))
  return { answers, bodies }
}

test('an answer ends where its length says', () => {
  expect(read([withLength]).answers).toEqual([{ status: 200, bodyBytes: 5, bytes: 43 }])
})

test('an answer in chunks ends with the empty one, and its frames are no body', () => {
  const { answers, bodies } = read([inChunks])
  expect(answers).toEqual([{ status: 404, bodyBytes: 11, bytes: inChunks.length }])
  expect(bodies).toBe('hello world')
})

test('answers may arrive in pieces of any size', () => {
  const all = inChunks + withLength + inChunks
  for (let size = 1; size <= all.length; size++) {
    const pieces = Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
      all.slice(index * size, (index + 1) * size),
    )
    const { answers, bodies } = read(pieces)
    expect(answers.map(({ status }) => status)).toEqual([404, 200, 404])
    expect(answers.map(({ bodyBytes }) => bodyBytes)).toEqual([11, 5, 11])
    expect(bodies).toBe('hello worldhellohello world')
  }
})

test('an answer without a body ends with its head', () => {
  const empty = 'HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n'
  expect(read([empty, empty]).answers.map(({ status }) => status)).toEqual([503, 503])
})

test('an answer whose end only the connection would show is refused', () => {
  expect(() => read(['HTTP/1.1 200 OK\r\nserver: x\r\n\r\n'])).toThrow('server: x')
})
