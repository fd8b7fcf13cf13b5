import { createServer, type IncomingMessage } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { discardBody } from './discard-body.ts'

/** Sends the head of a request, and then `bytes` of its body; gives what happens to the connection. */
async function sendBody(bytes: number, declared = bytes) {
  const server = createServer()
  onTestFinished(() => void server.close())
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const incoming = new Promise<IncomingMessage>((resolve) => {
    server.on('request', resolve)
  })
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  onTestFinished(() => void socket.destroy())
  socket.on('error', () => undefined)
  const closed = new Promise<'closed'>((resolve) => {
    socket.on('close', () => resolve('closed'))
  })
  socket.write(`POST / HTTP/1.1\r\nHost: h\r\nContent-Length: ${declared}\r\n\r\n`)
  const request = await incoming
  discardBody(request)
  const ended = new Promise<'read'>((resolve) => {
    request.on('end', () => resolve('read'))
  })
  let received = 0
  request.on('data', (chunk: Buffer) => (received += chunk.length))
  socket.write(Buffer.alloc(bytes))
  return { end: await Promise.race([closed, ended]), received }
}

test('the rest of a moderate body is read, so that its sender gets the answer', async () => {
  expect(await sendBody(3_000_000)).toEqual({ end: 'read', received: 3_000_000 })
})

test('a sender that does not stop is cut off', async () => {
  const { end, received } = await sendBody(50_000_000, 1e9)
  expect(end).toBe('closed')
  expect(received).toBeLessThan(8_000_000)
})

test('a sender that takes too long is cut off', async () => {
  expect(await sendBody(10, 1000)).toEqual({ end: 'closed', received: 10 })
})
