import { expect, test } from 'vitest'
import { contextRequest } from '../../test/support/context-request.ts'
import { after } from './after.ts'
import { connection, noStore } from './connection.ts'
import { callKey, signal } from './call-state.ts'
import { createContext, runInContext, type RequestContext } from './request-context.ts'
import { cookieJar, cookies, headers } from './request-state.ts'

const incoming = { cookie: 'a=1; b=2', 'x-list': ['one', 'two'], ':path': '/', host: 'h' }

function request(phase: RequestContext['phase'] = 'function'): RequestContext {
  return createContext(phase, 'app/actions.ts#save', contextRequest(incoming))
}

test('the cookies of the request can be read in every way', async () => {
  const jar = await runInContext(request(), cookies)
  expect(jar.get('a')).toEqual({ name: 'a', value: '1' })
  expect(jar.getAll().map(({ name }) => name)).toEqual(['a', 'b'])
  expect([jar.has('b'), jar.has('c'), jar.size]).toEqual([true, false, 2])
  expect([...jar].map(([name]) => name)).toEqual(['a', 'b'])
  expect(String(jar)).toBe('a=1; b=2')
})

test('what one part of a request sets, another part reads', async () => {
  const context = request()
  await runInContext(context, async () => {
    const jar = await cookies()
    jar.set('a', 'new')
    jar.delete('b')
  })
  const jar = await runInContext(context, cookies)
  expect([jar.get('a')?.value, jar.has('b')]).toEqual(['new', false])
  expect(cookieJar(context).setCookieHeaders()).toHaveLength(2)
})

test('reading cookies changes nothing', async () => {
  const context = request()
  const jar = await runInContext(context, cookies)
  jar.get('a')
  expect(cookieJar(context).isChanged()).toBe(false)
})

test.for(['render', 'after'] as const)(
  'cookies cannot be changed in the phase %s',
  async (phase) => {
    const jar = await runInContext(request(phase), cookies)
    expect(() => jar.set('a', '1')).toThrow(
      /cookies\(\)\.set\(\) was called .* \(app\/actions\.ts#save\)/,
    )
    expect(() => jar.delete('a')).toThrow(/cookies\(\)\.delete\(\) was called/)
    expect(jar.get('a')?.value).toBe('1')
  },
)

test('an object kept from a function is closed when the function has ended', async () => {
  const context = request()
  const jar = await runInContext(context, cookies)
  context.phase = 'render'
  expect(() => jar.set('a', '2')).toThrow(
    /Call it in a server function or in a route handler or in middleware\.$/,
  )
})

test('the headers are those of the request, as the Fetch standard has them', async () => {
  const found = await runInContext(request(), headers)
  expect([found.get('Host'), found.get('x-list')]).toEqual(['h', 'one, two'])
  expect([...found.keys()]).not.toContain(':path')
  expect(found).toBeInstanceOf(Headers)
})

test.for(['append', 'set', 'delete'] as const)(
  'headers().%s() says what to do instead',
  async (method) => {
    const found: Headers = await runInContext(request(), headers)
    expect(() => found[method]('x-a', '1')).toThrow(
      `headers().${method}("x-a"): the headers of a request are read-only.`,
    )
  },
)

test('outside of a request each function names itself', async () => {
  await expect(cookies()).rejects.toThrow('cookies() was called outside a request.')
  await expect(headers()).rejects.toThrow('headers() was called outside a request.')
  await expect(connection()).rejects.toThrow('connection() was called outside a request.')
  expect(() => after(() => undefined)).toThrow('after() was called outside a request.')
})

test('connection() returns at once in a request', async () => {
  await expect(runInContext(request('render'), connection)).resolves.toBeUndefined()
})

test('a context stays with what a request has started, and never leaks to another', async () => {
  const contexts = Array.from({ length: 50 }, (_, i) =>
    createContext('render', String(i), contextRequest({ cookie: `id=${i}` })),
  )
  const seen = await Promise.all(
    contexts.map((context, i) =>
      runInContext(context, async () => {
        await new Promise((resolve) => {
          setTimeout(resolve, i % 4)
        })
        return (await cookies()).get('id')?.value
      }),
    ),
  )
  expect(seen).toEqual(contexts.map(({ where }) => where))
})

test('cached work gets nothing of the request, and is told what to do instead', async () => {
  const reading: (() => Promise<unknown>)[] = [cookies, headers, connection]
  for (const api of reading) {
    await expect(runInContext(request('cached'), api)).rejects.toThrow(
      `${api.name}() was called in cached work (app/actions.ts#save), whose result is for every ` +
        'visitor. Call it outside, and pass what the cached function needs of it as an argument.',
    )
  }
  const asking: (() => unknown)[] = [callKey, signal]
  for (const read of asking) {
    expect(() => runInContext(request('cached'), read)).toThrow('was called in cached work')
  }
  expect(() => runInContext(request('cached'), () => after(() => undefined))).toThrow(
    'after() was called in cached work (app/actions.ts#save).',
  )
})

test.for([cookies, headers, connection, noStore, callKey, signal])(
  '%o leaves a note that what is made reads the request',
  async (api) => {
    const context = request('render')
    expect(context.dependencies.readsRequest).toBeNull()
    await runInContext<unknown>(context, api)
    expect(context.dependencies.readsRequest).toMatch(/\(\)$/)
  },
)

test('after() reads nothing of the request', () => {
  const context = request('render')
  runInContext(context, () => after(() => undefined))
  expect(context.dependencies.readsRequest).toBeNull()
})
