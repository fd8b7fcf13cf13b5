import { expect, test } from 'vitest'
import { batchOf, type Call, callTogether } from '../../test/support/batch.ts'
import { textOf } from '../../test/support/read-payload.ts'
import { createServerApp } from '../../test/support/server-app.ts'
import { send } from '../../test/support/server-request.ts'
import { refresh, revalidatePath, revalidateTag, updateTag } from '../cache/revalidate.ts'
import { after } from '../context/after.ts'
import { callKey, signal } from '../context/call-state.ts'
import { redirect } from '../context/interrupt.ts'
import { cookies, headers } from '../context/request-state.ts'
import { hashOfTag, tagOfPath } from '../wire/tag.ts'

/** A page that counts how often it is rendered, and shows its cookies. */
function countingPage() {
  const rendered: string[] = []
  const page = async () => {
    const all = (await cookies()).getAll().map(({ name, value }) => `${name}=${value}`)
    rendered.push(all.join('; '))
    return `rendered with ${all.join('; ')}`
  }
  return { rendered, modules: { 'page.tsx': { default: page } } }
}

const plain = { 'page.tsx': { default: async () => 'the page' } }

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}

test('each call of a batch gets its own answer, as if it had come alone', async () => {
  const { handler } = createServerApp({
    isBatched: true,
    modules: plain,
    functions: {
      add: async (a: number, b: number) => a + b,
      fail: async () => Promise.reject(new Error('no')),
      at: async (seconds: number) => new Map([[seconds, new Date(seconds)]]),
    },
  })
  const {
    status,
    headers: sent,
    payload,
  } = await callTogether(handler, [['add', 40, 2], ['fail'], ['at', 7]])
  expect([status, sent.get('content-type')]).toEqual([200, 'text/x-volley-batch'])
  expect(sent.get('cache-control')).toBe('private, no-store')
  expect(sent.get('x-content-type-options')).toBe('nosniff')
  expect(await payload(0)).toMatchObject({ outcome: { kind: 'value', value: 42 } })
  expect(await payload(1)).toMatchObject({ outcome: { kind: 'error' } })
  const map = { kind: 'value', value: new Map([[7, new Date(7)]]) }
  expect(await payload(2)).toEqual({
    build: 'this-build',
    stamp: { instance: expect.any(String), counter: expect.any(Number) },
    outcome: map,
    tags: expect.any(Promise),
  })
})

test('the calls run at the same time, and each answer is sent when it is there', async () => {
  const { handler } = createServerApp({
    isBatched: true,
    modules: plain,
    functions: { wait: async (milliseconds: number) => pause(milliseconds) },
  })
  const { order } = await callTogether(handler, [
    ['wait', 60],
    ['wait', 1],
    ['wait', 30],
  ])
  expect(order).toEqual([1, 2, 0])
})

test('a value that streams holds up no other', async () => {
  const gate = Promise.withResolvers<void>()
  async function* numbers() {
    yield 1
    await gate.promise
    yield 2
  }
  const { handler } = createServerApp({
    isBatched: true,
    modules: plain,
    functions: {
      numbers: async () => numbers(),
      open: async () => {
        await pause(30)
        gate.resolve()
        return 'opened'
      },
    },
  })
  const { order, payload } = await callTogether(handler, [['numbers'], ['open']])
  expect(order).toEqual([1, 0])
  const { outcome } = await payload(0)
  const values: unknown[] = []
  if (outcome?.kind !== 'value') throw new Error('No value')
  for await (const value of outcome.value as AsyncIterable<number>) values.push(value)
  expect(values).toEqual([1, 2])
})

test('what harms one call harms no other', async () => {
  const { handler, logged } = createServerApp({
    isBatched: true,
    modules: plain,
    config: {
      timeout: 20,
      functions: { 'app/functions.ts#small': { bodySizeLimit: 9, timeout: 20 } },
    },
    functions: {
      small: async () => 'small',
      hang: async () => new Promise(() => undefined),
      fine: async () => 'fine',
    },
  })
  const { parts, payload, order } = await callTogether(handler, [
    ['fine'],
    ['gone'],
    ['small', 'too long'],
    ['hang'],
    ['fine'],
  ])
  const refusals = parts.map(({ refusal }) => refusal && `${refusal.status} ${refusal.text}`)
  expect(refusals).toEqual([
    null,
    '404 volley: stale',
    '413 volley: too-large',
    '504 volley: timeout',
    null,
  ])
  expect(order.at(-1)).toBe(3)
  for (const index of [0, 4]) {
    expect(await payload(index)).toMatchObject({ outcome: { kind: 'value', value: 'fine' } })
  }
  expect(logged.map(({ kind }) => kind)).toEqual(['refused', 'refused', 'refused'])
})

test('arguments that cannot be decoded are refused by themselves', async () => {
  const { handler } = createServerApp({
    isBatched: true,
    modules: plain,
    functions: { fine: async () => 'fine' },
  })
  const { headers: sent } = await batchOf([['fine'], ['fine']])
  const answer = await send(handler, '/', { method: 'POST', headers: sent!, body: '{}\n[]' })
  expect(answer.status).toBe(200)
  expect(answer.text).toContain('400 volley: bad-request')
  expect(answer.text).toContain('"value":"fine"')
})

test('each call has a context, a key and headers of its own', async () => {
  const { handler } = createServerApp({
    isBatched: true,
    modules: plain,
    functions: {
      own: async () => ({
        key: callKey(),
        id: (await headers()).get('volley-call'),
        aborted: signal().aborted,
      }),
    },
  })
  const { payload } = await callTogether(handler, [['own'], ['own']])
  const outcomes = [(await payload(0)).outcome, (await payload(1)).outcome]
  const values = outcomes.map((outcome) => outcome?.kind === 'value' && outcome.value) as {
    key: string
  }[]
  expect(values).toMatchObject([
    { id: 'own', aborted: false },
    { id: 'own', aborted: false },
  ])
  expect(values[0]!.key).toMatch(/^[\w-]{36}$/)
  expect(values[0]!.key).not.toBe(values[1]!.key)
})

test('a batch that is sent again runs nothing again', async () => {
  let runs = 0
  const { handler } = createServerApp({
    isBatched: true,
    modules: plain,
    functions: { count: async () => ++runs },
  })
  const sent = await batchOf([['count'], ['count']])
  const texts = [await send(handler, '/', sent), await send(handler, '/', sent)]
  expect(texts.map(({ text }) => text.match(/"value":\d/g))).toEqual([
    ['"value":1', '"value":2'],
    ['"value":1', '"value":2'],
  ])
  expect(runs).toBe(2)
})

test('the page is rendered once, for the last call that changed something', async () => {
  const { rendered, modules } = countingPage()
  const { handler } = createServerApp({
    isBatched: true,
    modules,
    functions: {
      save: async (tag: string) => {
        updateTag(tag)
        return tag
      },
      read: async () => 'read',
    },
  })
  const { parts, payload } = await callTogether(handler, [
    ['save', 'one'],
    ['read'],
    ['save', 'two'],
  ])
  expect(rendered).toHaveLength(1)
  expect(parts.map(({ pageOf }) => pageOf)).toEqual([2, null, null])
  const first = await payload(0)
  expect(first.outcome).toEqual({ kind: 'value', value: 'one' })
  expect([first.regions, first.dropped]).toEqual([undefined, [hashOfTag('one')]])
  const last = await payload(2)
  expect(last.outcome).toEqual({ kind: 'value', value: 'two' })
  expect(textOf(last.regions!['page:/'])).toBe('rendered with ')
  expect(last.dropped).toEqual([hashOfTag('one'), hashOfTag('two')])
})

test('a call that changes nothing does not wait for the others; one that does, does', async () => {
  const { handler } = createServerApp({
    isBatched: true,
    modules: plain,
    functions: {
      save: async () => refresh(),
      stale: async () => revalidateTag('posts', 'max'),
      wait: async (milliseconds: number) => pause(milliseconds),
    },
  })
  const { order } = await callTogether(handler, [['save'], ['wait', 40], ['stale'], ['wait', 1]])
  expect(order).toEqual([2, 3, 1, 0])
})

test('a call that is refused keeps no other from the page', async () => {
  const { handler } = createServerApp({
    isBatched: true,
    modules: plain,
    functions: { save: async () => revalidatePath('/') },
  })
  const { parts, payload } = await callTogether(handler, [['save'], ['gone']])
  expect(parts[1]!.refusal).toMatchObject({ status: 404 })
  expect(textOf((await payload(0)).regions!['page:/'])).toBe('the page')
})

test('of several redirects the last call’s is rendered, and each call keeps its own', async () => {
  const { handler } = createServerApp({
    isBatched: true,
    modules: {
      ...plain,
      'first/page.tsx': { default: () => 'first' },
      'second/page.tsx': { default: () => 'second' },
    },
    functions: {
      go: async (to: string) => redirect(to),
      save: async () => revalidatePath('/'),
    },
  })
  const { parts, payload } = await callTogether(handler, [
    ['go', '/first'],
    ['go', '/second'],
    ['save'],
  ])
  expect(parts.map(({ pageOf }) => pageOf)).toEqual([1, null, 1])
  expect((await payload(0)).outcome).toMatchObject({ kind: 'redirect', to: '/first' })
  expect((await payload(2)).outcome).toMatchObject({ kind: 'value' })
  const { outcome, route, dropped } = await payload(1)
  expect(outcome).toMatchObject({ kind: 'redirect', to: '/second' })
  expect(route!.href).toBe('/second')
  expect(dropped).toEqual([hashOfTag(tagOfPath('/', 'page'))])
})

const cookieFunctions = {
  set: async (name: string, value: string) => (await cookies()).set(name, value),
  setLate: async (name: string, value: string) => {
    await pause(30)
    ;(await cookies()).set(name, value)
  },
  read: async () => 'read',
}

test('cookies of all calls are in the head if nothing was sent before, and the page sees them', async () => {
  const { rendered, modules } = countingPage()
  const { handler } = createServerApp({ isBatched: true, modules, functions: cookieFunctions })
  const { headers: sent, ticket } = await callTogether(
    handler,
    [
      ['setLate', 'a', 'late'],
      ['set', 'a', 'early'],
      ['set', 'b', '1'],
    ],
    { headers: { cookie: 'a=old; c=2' } },
  )
  expect(sent.getSetCookie()).toEqual(['a=early; Path=/', 'b=1; Path=/', 'a=late; Path=/'])
  expect(ticket).toBeNull()
  expect(rendered).toEqual(['a=late; c=2; b=1'])
})

test('a cookie that comes after the head comes by a ticket', async () => {
  const { rendered, modules } = countingPage()
  const { handler } = createServerApp({ isBatched: true, modules, functions: cookieFunctions })
  const calls: Call[] = [['read'], ['setLate', 'a', '1'], ['set', 'b', '2']]
  const { headers: sent, ticket, frames } = await callTogether(handler, calls)
  expect(sent.getSetCookie()).toEqual(['b=2; Path=/'])
  expect(rendered).toEqual(['b=2; a=1'])
  const kinds = frames.map(({ kind }) => kind)
  expect(kinds.slice(0, 3)).toEqual(['rows', 'end', 'ticket'])
  expect(kinds.lastIndexOf('ticket')).toBe(2)
  const redeem = { method: 'POST', headers: { 'volley-ticket': '1' }, body: ticket! }
  const { status, headers: redeemed, text } = await send(handler, '/', redeem)
  expect([status, text, redeemed.getSetCookie()]).toEqual([204, '', ['a=1; Path=/']])
  expect(redeemed.get('cache-control')).toBe('no-store')
})

test('a cookie that middleware sets on the way to a redirect’s page comes by a ticket too', async () => {
  const middleware = {
    default: (request: Request) => {
      const lands = new URL(request.url).pathname === '/first'
      const cookie = lands ? { 'set-cookie': 'seen=1' } : {}
      return new Response(null, { headers: { 'x-middleware-next': '1', ...cookie } })
    },
  }
  const { handler } = createServerApp({
    isBatched: true,
    modules: { ...plain, 'first/page.tsx': { default: () => 'first' } },
    middleware,
    functions: {
      read: async () => 'read',
      goLate: async () => {
        await pause(30)
        redirect('/first')
      },
    },
  })
  const { headers: sent, ticket } = await callTogether(handler, [['read'], ['goLate']])
  expect(sent.getSetCookie()).toEqual([])
  const redeem = { method: 'POST', headers: { 'volley-ticket': '1' }, body: ticket! }
  const { headers: redeemed } = await send(handler, '/', redeem)
  expect(redeemed.getSetCookie()).toEqual(['seen=1'])
})

test('middleware runs once for a batch, and its answer is for all of it', async () => {
  let runs = 0
  const middleware = {
    default: () => {
      runs++
      return new Response(null, { headers: { 'x-middleware-next': '1', 'x-mine': 'yes' } })
    },
  }
  const { handler } = createServerApp({
    isBatched: true,
    modules: plain,
    middleware,
    functions: { read: async () => 'read' },
  })
  const { headers: sent } = await callTogether(handler, [['read'], ['read']])
  expect([runs, sent.get('x-mine')]).toEqual([1, 'yes'])
})

test('what is for after the answer runs when all of it was sent', async () => {
  const events: string[] = []
  const { handler, app } = createServerApp({
    isBatched: true,
    modules: plain,
    functions: {
      quick: async () => after(() => events.push('after quick')),
      slow: async () => {
        await pause(20)
        events.push('slow')
      },
    },
  })
  await callTogether(handler, [['quick'], ['slow']])
  await app.lifecycle.settled()
  expect(events).toEqual(['slow', 'after quick'])
})

test('a server that is stopped finishes a batch whose answer has begun', async () => {
  let hasEnded = false
  const { handler, app } = createServerApp({
    isBatched: true,
    modules: plain,
    functions: {
      quick: async () => 'quick',
      slow: async () => {
        await pause(30)
        hasEnded = true
      },
    },
  })
  const together = callTogether(handler, [['quick'], ['slow']])
  await pause(10)
  app.lifecycle.stop()
  await app.lifecycle.settled()
  expect(hasEnded).toBe(true)
  await together
})

test('in development each call has a line of its own', async () => {
  const { handler, logged } = createServerApp({
    isBatched: true,
    isDevelopment: true,
    modules: plain,
    functions: { add: async (a: number) => a, save: async () => revalidatePath('/') },
  })
  await callTogether(handler, [['add', 1], ['save']])
  expect(logged).toMatchObject([
    { kind: 'call', name: 'app/functions.ts#add', args: [1], outcome: 'value', regions: 0 },
    { kind: 'call', name: 'app/functions.ts#save', args: [], outcome: 'value', regions: 3 },
  ])
})

test('a page of another build gets values, and no page', async () => {
  const { rendered, modules } = countingPage()
  const { handler } = createServerApp({
    isBatched: true,
    modules,
    functions: { save: async (value: number) => (revalidatePath('/'), value) },
  })
  const old = { headers: { 'volley-build': 'old-build' } }
  const { payload } = await callTogether(
    handler,
    [
      ['save', 1],
      ['save', 2],
    ],
    old,
  )
  for (const index of [0, 1]) {
    const { outcome, outdated, regions } = await payload(index)
    expect([outcome, outdated, regions]).toEqual([
      { kind: 'value', value: index + 1 },
      true,
      undefined,
    ])
  }
  expect(rendered).toEqual([])
})
