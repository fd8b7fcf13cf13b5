import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { useTarget } from '../support/attack.ts'
import { expectRefusal } from '../support/expect-refusal.ts'
import { rawRequest, requestText } from '../support/raw-request.ts'

const target = useTarget('load-app')

function callTo(name: string): string {
  const { app, ids } = target()
  const headers = [`host: localhost:${app.port}`, `volley-call: ${ids[name]}`]
  return requestText('POST /', [...headers, 'content-type: text/plain'], '[]')
}

/** When the function was told, by the clock of this machine, and what. */
async function aborted(name: string): Promise<{ at: number; reason: string }> {
  const { app } = target()
  const pattern = new RegExp(`^${name} aborted at (\\d+): (.*)$`, 'm')
  await expect.poll(() => app.output()).toMatch(pattern)
  const [, at = '', reason = ''] = pattern.exec(app.output()) ?? []
  return { at: Number(at), reason }
}

test('31: a call beyond its deadline is 504, and its function is told why', async () => {
  const { app } = target()
  const answer = await rawRequest(app.port, [callTo('hang')])
  expectRefusal(answer, 504, 'timeout')
  expect((await aborted('hang')).reason).toContain('app/actions.ts#hang took longer than 300 ms')
})

test('31: a client that goes away aborts its call within 100 ms', async () => {
  const { app } = target()
  const socket = connect({ port: app.port, host: 'localhost' })
  await new Promise((resolve) => socket.write(callTo('hangLonger'), resolve))
  await expect.poll(() => app.output()).toContain('hangLonger runs')
  const leftAt = Date.now()
  socket.destroy()
  const { at, reason } = await aborted('hangLonger')
  expect(at - leftAt).toBeLessThan(100)
  expect(reason).toContain('AbortError')
  expect((await app.fetch('/')).status).toBe(200)
})
