import { expect, onTestFinished, test, vi } from 'vitest'
import { connectTo, describeRedis, startRedis } from '../../test/support/redis.ts'
import { createServerApp } from '../../test/support/server-app.ts'
import { send } from '../../test/support/server-request.ts'
import { createSeals } from '../flight/seal.ts'
import { createSubmissions } from './submission.ts'
import { createTickets } from './tickets.ts'

const lines = ['a=1; Path=/', 'b=2; Path=/; HttpOnly']

test('a ticket brings its headers once', async () => {
  const tickets = createTickets(['secret'], createSubmissions())
  const ticket = tickets.issue(lines)
  expect(ticket).not.toContain('a=1')
  expect(await tickets.redeem(ticket)).toEqual(lines)
  await expect(tickets.redeem(ticket)).rejects.toMatchObject({ code: 'stale' })
})

test('of two who redeem a ticket at the same time one gets it', async () => {
  const tickets = createTickets(['secret'], createSubmissions())
  const ticket = tickets.issue(lines)
  const results = await Promise.allSettled([tickets.redeem(ticket), tickets.redeem(ticket)])
  expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
})

describeRedis('with Redis', () => {
  test('a ticket that one instance has taken is used for all, at once and later', async () => {
    const server = await startRedis()
    const instances = await Promise.all(
      [1, 2].map(async () => {
        const redis = await connectTo(server.port)
        const report = (error: unknown) => {
          throw error
        }
        const submissions = createSubmissions({ redis, report, track: () => {} })
        return createTickets(['secret'], submissions)
      }),
    )
    const ticket = instances[0]!.issue(lines)
    const results = await Promise.allSettled(instances.map((one) => one.redeem(ticket)))
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    for (const one of instances) {
      await expect(one.redeem(ticket)).rejects.toMatchObject({ code: 'stale' })
    }
  })
})

test('a ticket is good for a minute', async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  onTestFinished(() => void vi.useRealTimers())
  const tickets = createTickets(['secret'], createSubmissions())
  const [early, late] = [tickets.issue(lines), tickets.issue(lines)]
  vi.setSystemTime(Date.now() + 60_000)
  expect(await tickets.redeem(early)).toEqual(lines)
  vi.setSystemTime(Date.now() + 1)
  await expect(tickets.redeem(late)).rejects.toMatchObject({ code: 'stale' })
})

test('every instance with a key of the ring takes a ticket, and no other', async () => {
  const ticket = createTickets(['old'], createSubmissions()).issue(lines)
  const rotated = createTickets(['new', 'old'], createSubmissions())
  expect(await rotated.redeem(ticket)).toEqual(lines)
  const foreign = createTickets(['other'], createSubmissions())
  await expect(foreign.redeem(ticket)).rejects.toMatchObject({ code: 'stale' })
})

test('what is sealed for a server function is no ticket', async () => {
  const seals = createSeals(['secret'])
  const tickets = createTickets(['secret'], createSubmissions())
  const sealed = seals.seal(JSON.stringify({ id: 'a', until: Infinity, lines }), 'a1')
  await expect(tickets.redeem(sealed)).rejects.toMatchObject({ code: 'stale' })
  for (const text of ['', 'a', 'a'.repeat(100), tickets.issue(lines).slice(1)]) {
    await expect(tickets.redeem(text)).rejects.toMatchObject({ code: 'stale' })
  }
})

const ticketHeaders = { 'volley-ticket': '1' }

test.for<[string, object, number, string]>([
  ['by GET', { method: 'GET' }, 405, 'method'],
  ['from another site', { 'sec-fetch-site': 'cross-site' }, 403, 'cross-site'],
  ['as a form', { 'content-type': 'application/x-www-form-urlencoded' }, 415, 'unsupported-type'],
  ['of any length', { 'content-length': '524289' }, 413, 'too-large'],
  ['that is none', {}, 404, 'stale'],
])(
  'a ticket %s is refused',
  async ([, { method = 'POST', ...more }, status, code]: [
    string,
    { method?: string },
    number,
    string,
  ]) => {
    const { handler } = createServerApp({ isBatched: true })
    const headers = { ...ticketHeaders, ...more }
    const answer = await send(handler, '/', { method, headers, body: 'none' })
    expect([answer.status, answer.text]).toEqual([status, `volley: ${code}`])
  },
)

test('an app without the option knows no tickets', async () => {
  const { handler } = createServerApp({ modules: { 'page.tsx': { default: () => 'the page' } } })
  const sent = { method: 'POST', headers: ticketHeaders, body: 'none' }
  const { status, text } = await send(handler, '/', sent)
  expect([status, text]).toEqual([415, 'volley: unsupported-type'])
})
