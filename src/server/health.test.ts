import { expect, test } from 'vitest'
import { createServerApp } from '../../test/support/server-app.ts'
import { send } from '../../test/support/server-request.ts'

const modules = { 'page.tsx': { default: async () => 'the page' } }

test('a server that takes calls is live and ready', async () => {
  const { handler } = createServerApp({ modules })
  for (const target of ['/-/live', '/-/ready', '/-/ready?from=balancer']) {
    const { status, text, headers } = await send(handler, target)
    expect([status, text]).toEqual([200, 'ok'])
    expect(headers.get('cache-control')).toBe('no-store')
  }
})

test('one that was asked to stop lives on, but is not ready', async () => {
  const { handler, app } = createServerApp({ modules })
  app.lifecycle.stop()
  expect((await send(handler, '/-/live')).status).toBe(200)
  const { status, text } = await send(handler, '/-/ready')
  expect([status, text]).toEqual([503, 'not ready'])
})

test('one without a free place is not ready', async () => {
  const { handler, app } = createServerApp({ modules, config: { maxCalls: 1 } })
  const leave = app.load.enter()
  expect((await send(handler, '/-/ready')).status).toBe(503)
  leave()
  expect((await send(handler, '/-/ready')).status).toBe(200)
})

test('switched off, they are paths like all others', async () => {
  const { handler } = createServerApp({ modules, config: { health: false } })
  expect((await send(handler, '/-/live')).text).not.toBe('ok')
})
