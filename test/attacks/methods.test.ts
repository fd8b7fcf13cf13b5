import { expect, test } from 'vitest'
import { effectsOf, expectAlive, useTarget } from '../support/attack.ts'
import { rawRequest, requestText } from '../support/raw-request.ts'

const target = useTarget()

const methods = ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'QUERY', 'PROPFIND', 'post']

test.for(methods)('7: only POST runs a function: %s does not', async (method) => {
  const { app, ids } = target()
  const before = await effectsOf(app)
  const headers = [`host: localhost:${app.port}`, `volley-call: ${ids['take']}`]
  const answer = await rawRequest(app.port, [requestText(`${method} /`, headers)])
  expect([400, 405]).toContain(answer.status)
  if (answer.status === 405) expect(answer.headers).toContain('allow: post')
  expect(await effectsOf(app)).toBe(before)
  await expectAlive(app, [answer.body])
})
