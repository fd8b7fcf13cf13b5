import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createSeals } from '../../src/flight/seal.ts'
import type { App } from '../support/app.ts'
import { expectAlive } from '../support/attack.ts'
import { readParts } from '../support/batch-parts.ts'
import { capturedBy } from '../support/captured.ts'
import { configuredApp } from '../support/configured-app.ts'
import { expectRefusal } from '../support/expect-refusal.ts'
import { functionIds } from '../support/function-ids.ts'
import type { RawAnswer } from '../support/raw-request.ts'

let app: App
let ids: Record<string, string>
beforeAll(async () => {
  app = await configuredApp('attack-app', 'start', "{ calls: 'batched' }")
  ids = await functionIds(app.root)
})
afterAll(async () => void (await app.stop()))

/** A ticket of the app: for a cookie that is set while the head of its batch has gone. */
async function issue(): Promise<{ ticket: string; cookies: string[] }> {
  const answer = await app.fetch('/', {
    method: 'POST',
    headers: { 'volley-call': `${ids['take']},${ids['setLate']}`, 'content-type': 'text/plain' },
    body: '[]\n["session","secret"]',
  })
  const { ticket } = readParts(Buffer.from(await answer.arrayBuffer()), 2)
  return { ticket: ticket!, cookies: answer.headers.getSetCookie() }
}

type Redeemed = RawAnswer & { cookies: string[] }

async function redeem(ticket: string, headers: Record<string, string> = {}): Promise<Redeemed> {
  const own = { 'volley-ticket': '1', 'content-type': 'text/plain', ...headers }
  const answer = await app.fetch('/', { method: 'POST', headers: own, body: ticket })
  const lines = [...answer.headers].map(([name, value]) => `${name}: ${value}`.toLowerCase())
  const { status } = answer
  const body = await answer.text()
  return { status, headers: lines.join('\r\n'), body, cookies: answer.headers.getSetCookie() }
}

async function expectNoTicket(ticket: string): Promise<void> {
  const answer = await redeem(ticket)
  expectRefusal(answer, 404, 'stale')
  expect(answer.cookies).toEqual([])
}

test('36: a ticket brings its cookies once, and holds nothing that can be read', async () => {
  const { ticket, cookies } = await issue()
  expect(cookies).toEqual([])
  expect(Buffer.from(ticket, 'base64url').toString('latin1')).not.toMatch(/session|secret/)
  const first = await redeem(ticket)
  expect([first.status, first.body, first.cookies]).toEqual([204, '', ['session=secret; Path=/']])
  expect(first.headers).toContain('cache-control: no-store')
  for (let i = 0; i < 3; i++) await expectNoTicket(ticket)
  await expectAlive(app, [first.body])
})

test('36: of a hundred who send a ticket at once one gets its cookies', async () => {
  const { ticket } = await issue()
  const visitors = Array.from({ length: 100 }, (_, i) => redeem(ticket, { cookie: `user=${i}` }))
  const answers = await Promise.all(visitors)
  expect(answers.filter(({ status }) => status === 204)).toHaveLength(1)
  expect(answers.flatMap(({ cookies }) => cookies)).toHaveLength(1)
  await expectAlive(app)
})

test('16: a ticket that was changed anywhere is none', async () => {
  const { ticket } = await issue()
  const bytes = Buffer.from(ticket, 'base64url')
  for (let at = 0; at < bytes.length; at++) {
    const changed = Buffer.from(bytes)
    changed[at]! ^= 1 << (at % 8)
    await expectNoTicket(changed.toString('base64url'))
  }
  for (const text of ['', 'a', `${ticket}=`, `${ticket} `, ticket.slice(0, -1), ticket + ticket]) {
    await expectNoTicket(text)
  }
  expect((await redeem(ticket)).status).toBe(204)
  await expectAlive(app)
})

/** Sealed as the app seals, but for what the test wants otherwise. */
function sealed({ secret = ownSecret(), context = 'volley ticket', until = Date.now() + 30_000 }) {
  const lines = ['session=forged; Path=/']
  const text = JSON.stringify({ id: crypto.randomUUID(), until, lines })
  return createSeals([secret]).seal(text, context)
}

function ownSecret(): string {
  return readFileSync(path.join(app.root, 'node_modules/.volley/key'), 'utf8').trim()
}

test('16: a ticket that has expired, is of another app or was sealed for a function is none', async () => {
  // Who has the secret can make one: the others differ from it in one thing.
  expect((await redeem(sealed({}))).cookies).toEqual(['session=forged; Path=/'])
  await expectNoTicket(sealed({ until: Date.now() - 1 }))
  await expectNoTicket(sealed({ secret: 'the secret of another app' }))
  await expectNoTicket(sealed({ context: ids['take']! }))
  const captured = await capturedBy(app, 'secretive', '/source-text')
  await expectNoTicket(captured.sealed)
  await expectAlive(app)
})

test.for<[string, Record<string, string>]>([
  ['another site', { 'sec-fetch-site': 'cross-site' }],
  ['a site beside this one', { 'sec-fetch-site': 'same-site' }],
  ['another origin', { origin: 'https://evil.example' }],
])('5: a ticket that %s sends is refused, and not used up', async ([, headers]) => {
  const { ticket } = await issue()
  const answer = await redeem(ticket, headers)
  expectRefusal(answer, 403, 'cross-site')
  expect(answer.cookies).toEqual([])
  expect((await redeem(ticket)).status).toBe(204)
  await expectAlive(app, [answer.body])
})

test.for(['GET', 'PUT', 'DELETE'])('7: a ticket is redeemed by POST, not by %s', async (method) => {
  const answer = await app.fetch('/', { method, headers: { 'volley-ticket': '1' } })
  expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST'])
  await expectAlive(app, [await answer.text()])
})

test('8: a ticket that is too long is refused', async () => {
  expectRefusal(await redeem('a'.repeat(600_000)), 413, 'too-large')
  await expectAlive(app)
})
