import { expect, test, vi } from 'vitest'
import { textOf } from '../../test/support/read-payload.ts'
import { createServerApp, type Setup } from '../../test/support/server-app.ts'
import { call, callOf, send, serverRequest } from '../../test/support/server-request.ts'
import { revalidatePath } from '../cache/revalidate.ts'
import { after } from '../context/after.ts'
import { callKey, signal } from '../context/call-state.ts'
import { redirect } from '../context/interrupt.ts'
import { cookies } from '../context/request-state.ts'
import { keyField } from '../wire/form-field.ts'

const key = 'a-key-that-nobody-guesses'
const forever = new Promise<never>(() => undefined)
const modules = {
  'page.tsx': {
    default: async () => `theme: ${(await cookies()).get('theme')?.value ?? 'none'}`,
  },
}

/** An app whose function counts its runs. */
function counting(setup: Setup = {}, work: () => unknown = () => undefined) {
  let runs = 0
  const count = async () => {
    runs++
    return (await work()) ?? runs
  }
  const made = createServerApp({ modules, ...setup, functions: { count, ...setup.functions } })
  return { ...made, runs: () => runs }
}

function form(fields: Record<string, string>): FormData {
  const body = new FormData()
  for (const [name, value] of Object.entries(fields)) body.append(name, value)
  return body
}

test('a function that takes longer than its time is answered by 504, and told by its signal', async () => {
  const reasons: unknown[] = []
  const { handler, logged } = createServerApp({
    modules,
    config: { timeout: 20 },
    functions: {
      slow: async () => {
        const given = signal()
        await new Promise((resolve) => given.addEventListener('abort', resolve))
        reasons.push(given.reason)
        throw new Error('stopped')
      },
    },
  })
  const sent = await send(handler, '/', await callOf('slow', []))
  expect([sent.status, sent.text]).toEqual([504, 'volley: timeout'])
  expect(reasons).toMatchObject([{ name: 'TimeoutError' }])
  await Promise.resolve()
  expect(logged).toMatchObject([
    { kind: 'error', error: { message: 'stopped' } },
    { kind: 'refused', status: 504 },
  ])
})

test('a function may have a time of its own', async () => {
  const limits = { bodySizeLimit: 10_000, timeout: 20 }
  const { handler } = createServerApp({
    modules,
    config: { functions: { 'app/functions.ts#slow': limits } },
    functions: { slow: () => forever },
  })
  expect((await send(handler, '/', await callOf('slow', []))).status).toBe(504)
})

test('a form without JavaScript has its time as well', async () => {
  const setup = { modules, config: { timeout: 20 }, functions: { slow: () => forever } }
  const { handler } = createServerApp(setup)
  const sent = await send(handler, '/', { method: 'POST', body: form({ $ACTION_ID_slow: '' }) })
  expect([sent.status, sent.text]).toEqual([504, 'volley: timeout'])
})

test('the signal of a function is aborted when its client goes away', async () => {
  const client = new AbortController()
  const { handler } = createServerApp({
    modules,
    functions: {
      wait: async () => {
        const given = signal()
        client.abort()
        return given.aborted
      },
    },
  })
  const sent = await callOf('wait', [])
  const answer = await handler(serverRequest('/', { ...sent, signal: client.signal }))
  expect(answer.body).toContain('"value":true')
})

test('after the answer the signal speaks of the task, not of the client', async () => {
  const client = new AbortController()
  const seen = Promise.withResolvers<boolean>()
  const { handler } = createServerApp({
    modules,
    functions: { leave: async () => after(() => seen.resolve(signal().aborted)) },
  })
  const sent = await callOf('leave', [])
  const answer = await handler(serverRequest('/', { ...sent, signal: client.signal }))
  client.abort()
  answer.onFinish?.()
  expect(await seen.promise).toBe(false)
})

test('calls beyond the limit are refused with the time to wait, and places become free', async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  let started = 0
  const functions = {
    wait: async () => {
      started++
      return promise
    },
  }
  const { handler, logged } = createServerApp({ modules, config: { maxCalls: 2 }, functions })
  const sent = await callOf('wait', [])
  const running = [send(handler, '/', sent), send(handler, '/', sent)]
  const unread = (): never => {
    throw new Error('the body was read')
  }
  await vi.waitUntil(() => started === 2)
  for (let i = 0; i < 3; i++) {
    const answer = await handler({ ...serverRequest('/', sent), text: unread })
    expect([answer.status, answer.body]).toEqual([503, 'volley: overloaded'])
    expect(new Headers(answer.headers).get('retry-after')).toBe('1')
  }
  expect(logged).toMatchObject([{ kind: 'refused', status: 503 }])
  resolve()
  await Promise.all(running)
  expect((await send(handler, '/', sent)).status).toBe(200)
})

test('a call that is sent again has one effect, and gets the same answer', async () => {
  const { handler, runs } = counting({}, async () => {
    ;(await cookies()).set('theme', 'dark')
    revalidatePath('/')
  })
  const headers = { 'volley-key': key, cookie: 'theme=light' }
  const answers = [
    await call(handler, 'count', { headers }),
    await call(handler, 'count', { headers }),
    await call(handler, 'count', { headers: { ...headers, cookie: 'theme=dark' } }),
  ]
  expect(runs()).toBe(1)
  for (const { payload, headers: answered } of answers) {
    expect(payload.outcome).toEqual({ kind: 'value', value: 1 })
    expect(payload.dropped).toBe(true)
    expect(textOf(payload.regions!['page:/'])).toBe('theme: dark')
    expect(answered.getSetCookie()).toEqual(['theme=dark; Path=/'])
  }
})

test.for([
  ['another visitor', { cookie: 'user=2' }, []],
  ['another key', { 'volley-key': `${key}-2` }, []],
  ['a key that could be guessed', { 'volley-key': 'short' }, []],
  ['other arguments', {}, [1]],
] as [string, Record<string, string>, unknown[]][])(
  'with %s the function runs again',
  async ([, change, args]) => {
    const { handler, runs } = counting()
    const headers = { 'volley-key': key, cookie: 'user=1' }
    await call(handler, 'count', { headers })
    await call(handler, 'count', { headers: { ...headers, ...change }, args })
    expect(runs()).toBe(2)
  },
)

test('calls without a key run as often as they come', async () => {
  const { handler, runs } = counting()
  await call(handler, 'count')
  await call(handler, 'count')
  expect(runs()).toBe(2)
})

test('the key can be read by the function; without one it is null', async () => {
  const { handler } = createServerApp({ modules, functions: { ask: async () => callKey() } })
  const withKey = await call(handler, 'ask', { headers: { 'volley-key': key } })
  expect(withKey.payload.outcome).toEqual({ kind: 'value', value: key })
  expect((await call(handler, 'ask')).payload.outcome).toEqual({ kind: 'value', value: null })
})

test('a form that is posted twice has one effect; edited, it has another', async () => {
  const { handler, runs } = counting({}, () => redirect('/done'))
  const post = (title: string) => {
    const body = form({ [keyField]: key, $ACTION_ID_count: '', title })
    return send(handler, '/', { method: 'POST', body })
  }
  const [first, second] = await Promise.all([post('a'), post('a')])
  expect(runs()).toBe(1)
  expect([first.status, first.headers.get('location')]).toEqual([303, '/done'])
  expect([second.status, second.headers.get('location')]).toEqual([303, '/done'])
  await post('b')
  expect(runs()).toBe(2)
})

test('the content of a file tells one submission from another', async () => {
  const { handler, runs } = counting()
  const post = (content: string) => {
    const body = form({ [keyField]: key, $ACTION_ID_count: '' })
    body.append('file', new File([content], 'f.txt'))
    return send(handler, '/', { method: 'POST', body })
  }
  await post('abc')
  await post('abc')
  expect(runs()).toBe(1)
  await post('abd')
  expect(runs()).toBe(2)
})

test('what a function threw is logged once, however often it is asked for', async () => {
  const { handler, logged, runs } = counting({}, () => {
    throw new Error('once')
  })
  const headers = { 'volley-key': key }
  const first = await call(handler, 'count', { headers })
  const second = await call(handler, 'count', { headers })
  expect(runs()).toBe(1)
  expect(second.payload.outcome).toEqual(first.payload.outcome)
  expect(logged.filter(({ kind }) => kind === 'error')).toHaveLength(1)
})

test('whoever waited in vain gets the outcome that came too late', async () => {
  const { promise, resolve } = Promise.withResolvers<string>()
  const { handler, runs } = counting({ config: { timeout: 20 } }, () => promise)
  const sent = await callOf('count', [], { 'volley-key': key })
  expect((await send(handler, '/', sent)).status).toBe(504)
  resolve('late')
  const { text, status } = await send(handler, '/', sent)
  expect([status, runs()]).toEqual([200, 1])
  expect(text).toContain('"value":"late"')
})
