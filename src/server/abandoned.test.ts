import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { createServerApp } from '../../test/support/server-app.ts'
import { callOf, serverRequest } from '../../test/support/server-request.ts'
import { abandoned, type PipeableBody } from './exchange.ts'

const never = new Promise<never>(() => undefined)

test('a payload that is abandoned ends, and nothing of it is an error', async () => {
  const { handler, logged } = createServerApp({
    modules: { 'page.tsx': { default: async () => never } },
  })
  const { body } = await handler(serverRequest('/-/payload/'))
  await abandon(body as PipeableBody)
  expect(logged).toEqual([])
})

test('a value that is abandoned ends, and nothing of it is an error', async () => {
  const { handler, logged } = createServerApp({
    modules: { 'page.tsx': { default: () => null } },
    functions: { wait: async () => ({ never }) },
  })
  const { body } = await handler(serverRequest('/', await callOf('wait', [])))
  await abandon(body as PipeableBody)
  expect(logged).toEqual([])
})

/** Waits for the end of the stream. */
async function abandon(body: PipeableBody): Promise<void> {
  const received = new PassThrough()
  body.pipe(received)
  received.resume()
  const ended = new Promise((resolve) => {
    received.on('end', resolve)
  })
  body.abort(abandoned)
  await ended
}
