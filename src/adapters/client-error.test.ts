import { Agent, createServer, get, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { collectGarbage } from '../../test/support/collect-garbage.ts'
import { rawRequest } from '../../test/support/raw-request.ts'
import type { LogEvent } from '../server/log.ts'
import { refuseClientErrors } from './client-error.ts'
import { trackAnswers } from './open-answers.ts'

const logged: LogEvent[] = []

async function start(server: Server): Promise<number> {
  logged.length = 0
  refuseClientErrors(server, {
    log: (event) => logged.push(event),
    answers: trackAnswers(server),
  })
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  onTestFinished(() => void server.close())
  return (server.address() as AddressInfo).port
}

test.for([
  ['what is no HTTP', ['nonsense\r\n\r\n'], 400],
  ['a target with a space', ['GET / x HTTP/1.1\r\nhost: a\r\n\r\n'], 400],
  [
    'headers without end',
    ['GET / HTTP/1.1\r\nhost: a\r\n', `x: ${'x'.repeat(20_000)}\r\n\r\n`],
    431,
  ],
] as [string, string[], number][])(
  '%s is refused like everything else',
  async ([, sent, status]) => {
    const port = await start(createServer())
    const answer = await rawRequest(port, sent)
    expect([answer.status, answer.body]).toEqual([status, 'volley: bad-request'])
    expect(logged).toMatchObject([
      { kind: 'refused', status, reason: expect.stringMatching(/HPE_/) },
    ])
    expect(answer.headers).toContain('content-type: text/plain')
    expect(answer.headers).toContain('cache-control: no-store')
    expect(answer.headers).toContain('x-content-type-options: nosniff')
  },
)

test('who is too slow is told so', async () => {
  const options = { headersTimeout: 50, requestTimeout: 100, connectionsCheckingInterval: 20 }
  const port = await start(createServer(options))
  const answer = await rawRequest(port, ['GET / HTTP/1.1\r\n'])
  expect([answer.status, answer.body]).toEqual([408, 'volley: bad-request'])
})

test('an answer that has begun is not continued by another one', async () => {
  const server = createServer((_request, response) => void response.write('begun'))
  const port = await start(server)
  const answer = await rawRequest(port, ['GET / HTTP/1.1\r\nhost: a\r\n\r\n', 'nonsense\r\n\r\n'])
  expect(answer.headers + answer.body).not.toContain('volley')
})

test('nor is one that another request waits behind', async () => {
  const server = createServer((request, response) => {
    if (request.url === '/first') response.write('begun')
  })
  const port = await start(server)
  const requests = ['/first', '/second'].map(
    (target) => `GET ${target} HTTP/1.1\r\nhost: a\r\n\r\n`,
  )
  const answer = await rawRequest(port, [requests.join(''), 'nonsense\r\n\r\n'])
  expect(answer.headers + answer.body).not.toContain('volley')
})

test('an idle connection keeps nothing of its last answer', async () => {
  let answer: WeakRef<ServerResponse> | undefined
  const server = createServer((_request, response) => {
    answer = new WeakRef(response)
    response.end('done')
  })
  const port = await start(server)
  const agent = new Agent({ keepAlive: true })
  onTestFinished(() => agent.destroy())
  await new Promise<void>((resolve, reject) => {
    get({ port, host: 'localhost', agent }, (received) => received.resume().on('end', resolve)).on(
      'error',
      reject,
    )
  })
  await expect
    .poll(
      () => {
        collectGarbage()
        return answer?.deref()
      },
      { timeout: 10_000 },
    )
    .toBeUndefined()
  expect(Object.keys(agent.freeSockets)).toHaveLength(1)
})
