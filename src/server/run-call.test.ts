import { registerServerReference } from '@vitejs/plugin-rsc/vendor/react-server-dom/client.node'
import { expect, test, vi } from 'vitest'
import { textOf } from '../../test/support/read-payload.ts'
import { createServerApp, type Setup } from '../../test/support/server-app.ts'
import { call, callOf, send, serverRequest } from '../../test/support/server-request.ts'
import { revalidatePath } from '../cache/revalidate.ts'
import { after } from '../context/after.ts'
import { callKey, signal } from '../context/call-state.ts'
import { redirect } from '../context/interrupt.ts'
import { cookies } from '../context/request-state.ts'
import { open } from '../flight/server-functions.ts'
import { keyField } from '../wire/form-field.ts'
import { hashOfTag, tagOfPath } from '../wire/tag.ts'

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
    expect(payload.dropped).toEqual([hashOfTag(tagOfPath('/', 'layout'))])
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

test('a retry after the client was lost runs what heeded its signal and stopped', async () => {
  const client = new AbortController()
  let runs = 0
  const { handler } = createServerApp({
    modules,
    functions: {
      careful: async () => {
        if (++runs > 1) return 'done'
        client.abort()
        return signal().throwIfAborted()
      },
    },
  })
  const sent = await callOf('careful', [], { 'volley-key': key })
  await handler(serverRequest('/', { ...sent, signal: client.signal }))
  const { text } = await send(handler, '/', sent)
  expect(text).toContain('"value":"done"')
  expect((await send(handler, '/', sent)).text).toContain('"value":"done"')
  expect(runs).toBe(2)
})

test('what nothing can carry is an error of the answer, which keeps cookies and after()', async () => {
  const done: string[] = []
  const { handler, runs } = counting({}, async () => {
    ;(await cookies()).set('ran', 'yes')
    after(() => void done.push('after'))
    return {
      get broken(): never {
        throw new Error('from the getter')
      },
    }
  })
  const sent = await callOf('count', [], { 'volley-key': key })
  const first = await send(handler, '/', sent)
  const second = await send(handler, '/', sent)
  expect([first.headers.getSetCookie(), second.headers.getSetCookie()]).toEqual([
    ['ran=yes; Path=/'],
    ['ran=yes; Path=/'],
  ])
  expect([runs(), done]).toEqual([1, ['after']])
})

test('a path that is none is no reason to lose the answer', async () => {
  const { handler } = counting({}, () => revalidatePath('//'))
  expect((await call(handler, 'count')).payload.outcome).toEqual({ kind: 'value', value: 1 })
})

test('a value that is large or read once is not kept, and whoever asks again learns it', async () => {
  for (const value of ['x'.repeat(2_000_000), new ReadableStream()]) {
    const { handler, runs, logged } = counting({}, () => value)
    const sent = await callOf('count', [], { 'volley-key': key })
    const answer = await handler(serverRequest('/', sent))
    expect(answer.status).toBe(200)
    const again = await call(handler, 'count', { headers: { 'volley-key': key } })
    expect(again.payload.outcome).toMatchObject({ kind: 'error' })
    expect(runs()).toBe(1)
    const errors = logged.flatMap((event) => (event.kind === 'error' ? [String(event.error)] : []))
    expect(errors).toEqual([expect.stringContaining('was sent again')])
  }
})

test('the page of a replay may change no more than that of the first answer', async () => {
  const page = async () => {
    try {
      ;(await cookies()).set('by', 'the page')
      return 'changed'
    } catch {
      return 'refused'
    }
  }
  const { handler } = counting({ modules: { 'page.tsx': { default: page } } }, () =>
    revalidatePath('/'),
  )
  for (let i = 0; i < 2; i++) {
    const { payload } = await call(handler, 'count', { headers: { 'volley-key': key } })
    expect(textOf(payload.regions!['page:/'])).toBe('refused')
  }
})

test('who is told by Authorization is another visitor with another one', async () => {
  const { handler, runs } = counting()
  for (const authorization of ['Bearer ada', 'Bearer eve', 'Bearer ada']) {
    await call(handler, 'count', { headers: { 'volley-key': key, authorization } })
  }
  expect(runs()).toBe(2)
})

test('captures of another function that were altered are an error of the one that calls it', async () => {
  let effects = 0
  const { handler } = createServerApp({
    modules,
    functions: {
      inner: async (sealed: unknown) => open(sealed, 'inner'),
      outer: async (callback: () => Promise<unknown>) => {
        effects++
        return callback()
      },
    },
  })
  const forged = registerServerReference(async (..._args: unknown[]) => undefined, 'inner')
  const sent = await callOf('outer', [forged.bind(null, 'forged')], { 'volley-key': key })
  const answers = [await send(handler, '/', sent), await send(handler, '/', sent)]
  expect(answers.map(({ status }) => status)).toEqual([500, 500])
  expect(effects).toBe(1)
  const own = await send(handler, '/', await callOf('inner', ['forged']))
  expect([own.status, own.text]).toEqual([400, 'volley: bad-request'])
})

test('the limit of a form is that of the function which runs', async () => {
  const ran: string[] = []
  const limits = { bodySizeLimit: 5_000, timeout: 1_000 }
  const { handler } = createServerApp({
    modules,
    config: { bodySizeLimit: 100, functions: { 'app/functions.ts#big': limits } },
    functions: { small: async () => void ran.push('small'), big: async () => void ran.push('big') },
  })
  const post = (fields: Record<string, string>) =>
    send(handler, '/', { method: 'POST', body: form({ ...fields, text: 'x'.repeat(1_000) }) })
  const stray = { $ACTION_ID_small: '', '$ACTION_x:0': '{"id":"big"}' }
  expect([(await post(stray)).status, (await post({})).status]).toEqual([413, 413])
  expect((await post({ $ACTION_ID_big: '' })).status).toBe(200)
  expect(ran).toEqual(['big'])
})

test('what a function left for after is done also when it was too late for its caller', async () => {
  const late = Promise.withResolvers<void>()
  const done = Promise.withResolvers<void>()
  const { handler, app } = counting({ config: { timeout: 20 } }, async () => {
    after(() => done.resolve())
    await late.promise
  })
  expect((await send(handler, '/', await callOf('count', []))).status).toBe(504)
  late.resolve()
  await done.promise
  await app.lifecycle.settled()
})

test('a server that ends waits for a function whose client has left', async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  const { handler, app } = counting({}, () => promise)
  const answering = handler(serverRequest('/', await callOf('count', [])))
  let isSettled = false
  const settled = app.lifecycle.settled().then(() => (isSettled = true))
  await new Promise((turn) => setImmediate(turn))
  expect(isSettled).toBe(false)
  resolve()
  await Promise.all([answering, settled])
})

test('each task of after() has a time of its own', async () => {
  const seen: boolean[] = []
  const { handler, app } = counting({ config: { timeout: 40 } }, () =>
    after(async () => {
      await new Promise((later) => signal().addEventListener('abort', later))
      after(() => void seen.push(signal().aborted))
    }),
  )
  await send(handler, '/', await callOf('count', []))
  await app.lifecycle.settled()
  expect(seen).toEqual([false])
})
