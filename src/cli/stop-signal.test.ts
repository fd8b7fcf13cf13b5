import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { request } from 'node:http'
import { connect } from 'node:net'
import path from 'node:path'
import { expect, test } from 'vitest'

/** A server that answers a request only when its input says so. */
const script = `
import { createServer } from 'node:http'
import { trackAnswers } from ${JSON.stringify(path.resolve('src/adapters/open-answers.ts'))}
import { drainOnSignal } from ${JSON.stringify(path.resolve('src/cli/stop-signal.ts'))}
const server = createServer((_request, response) => {
  process.stdout.write('received ')
  process.stdin.once('data', () => response.end('finished'))
})
const app = { stop() {}, settled: () => Promise.resolve() }
drainOnSignal(server, { app, answers: trackAnswers(server) })
server.listen(0, () => process.stdout.write(server.address().port + ' '))
`

async function startServer(): Promise<{ child: ChildProcess; port: number }> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const [text] = await once(child.stdout, 'data')
  return { child, port: Number(String(text)) }
}

type Got = { body: string; connection: string | undefined }

function get(port: number, signal?: AbortSignal): Promise<Got> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ port, host: 'localhost', signal }, (incoming) => {
      let body = ''
      incoming.setEncoding('utf8').on('data', (text: string) => (body += text))
      incoming.on('end', () => resolve({ body, connection: incoming.headers.connection }))
    })
    outgoing.on('error', reject).end()
  })
}

/** A connection that was accepted before the signal arrived would wait for its answer. */
function attempt(port: number): Promise<unknown> {
  return get(port, AbortSignal.timeout(500)).catch((error: Error) => error.message)
}

test.for(['SIGTERM', 'SIGINT'] as const)(
  '%s lets what runs finish, accepts nothing new, and ends with 0',
  async (signal) => {
    const { child, port } = await startServer()
    const answer = get(port)
    await once(child.stdout!, 'data')
    const exited = once(child, 'exit')
    child.kill(signal)
    await expect.poll(() => attempt(port), { timeout: 10_000 }).toContain('ECONNREFUSED')
    child.stdin!.write('go\n')
    // Its client is told that no other request would be read from its connection.
    expect(await answer).toEqual({ body: 'finished', connection: 'close' })
    expect(await exited).toEqual([0, null])
  },
)

test('an idle server ends at once, with a connection kept open too', async () => {
  const { child, port } = await startServer()
  const answer = get(port)
  await once(child.stdout!, 'data')
  child.stdin!.write('go\n')
  await answer
  const exited = once(child, 'exit')
  child.kill('SIGTERM')
  expect(await exited).toEqual([0, null])
})

test('a request that has begun to arrive before the signal is answered, and its connection closed', async () => {
  const { child, port } = await startServer()
  const socket = connect(port, 'localhost')
  let received = ''
  socket.on('data', (data: Buffer) => (received += String(data)))
  socket.write('GET / HTTP/1.1\r\nhost: a\r\n\r\nGET / HTTP/1.1\r\n')
  await once(child.stdout!, 'data')
  child.stdin!.write('go\n')
  await expect.poll(() => received, { timeout: 10_000 }).toContain('finished')
  received = ''
  const exited = once(child, 'exit')
  child.kill('SIGTERM')
  await expect.poll(() => attempt(port), { timeout: 10_000 }).toContain('ECONNREFUSED')
  socket.write('host: a\r\n\r\n')
  await once(child.stdout!, 'data')
  child.stdin!.write('go\n')
  await expect.poll(() => received, { timeout: 10_000 }).toContain('finished')
  expect(received).toMatch(/^connection: close\r$/im)
  expect(await exited).toEqual([0, null])
})
