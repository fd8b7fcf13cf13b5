import { createServer } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { trackAnswers } from './open-answers.ts'

test('answers whose client has left are under way no longer, those that wait behind another one too', async () => {
  const arrived: string[] = []
  const server = createServer((request) => void arrived.push(request.url ?? ''))
  const answers = trackAnswers(server)
  let idle = 0
  answers.onIdle(() => idle++)
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  onTestFinished(() => void server.close())
  const socket = connect((server.address() as AddressInfo).port, 'localhost')
  socket.write('GET /1 HTTP/1.1\r\nhost: a\r\n\r\nGET /2 HTTP/1.1\r\nhost: a\r\n\r\n')
  await expect.poll(() => arrived).toEqual(['/1', '/2'])
  expect([answers.size, answers.items().length, idle]).toEqual([2, 2, 0])
  socket.destroy()
  await expect.poll(() => answers.size).toBe(0)
  expect(idle).toBe(1)
})
