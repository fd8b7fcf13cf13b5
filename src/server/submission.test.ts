import { expect, test } from 'vitest'
import { createServerApp } from '../../test/support/server-app.ts'
import { callOf, send, serverRequest } from '../../test/support/server-request.ts'

test('whose time is over while another runs its submission does not run it any more', async () => {
  const first = Promise.withResolvers<never>()
  let runs = 0
  const { handler, app } = createServerApp({
    modules: { 'page.tsx': { default: () => null } },
    config: { timeout: 20 },
    functions: {
      careful: async () => {
        runs++
        return first.promise
      },
    },
  })
  const client = new AbortController()
  const sent = await callOf('careful', [], { 'volley-key': 'a-key-that-nobody-guesses' })
  const running = handler(serverRequest('/', { ...sent, signal: client.signal }))
  expect((await send(handler, '/', sent)).status).toBe(504)
  client.abort()
  await running
  first.reject(new Error('stopped'))
  await app.lifecycle.settled()
  await new Promise((turn) => setImmediate(turn))
  expect(runs).toBe(1)
})
