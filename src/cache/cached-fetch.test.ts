import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { contextRequest } from '../../test/support/context-request.ts'
import { useMemoryCache } from '../../test/support/memory-cache.ts'
import { createContext, runInContext, type RequestContext } from '../context/request-context.ts'
import { installFetch } from './cached-fetch.ts'
import { updateTag } from './revalidate.ts'
import { tellInvalidations } from './tell-invalidations.ts'
import { cache } from './use-cache.ts'

let server: Server
let origin = ''
let requests = 0

/** What the address `/slow` waits for. */
let gate = Promise.resolve()
let release: () => void

beforeAll(async () => {
  server = createServer((request, response) => {
    requests++
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', async () => {
      if (request.url === '/slow') await gate
      const status = Number(/status=(\d+)/.exec(request.url ?? '')?.[1] ?? 200)
      response.writeHead(status, { 'x-user': request.headers.authorization ?? 'nobody' })
      response.end(status === 204 ? undefined : `${requests} ${Buffer.concat(chunks).toString()}`)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  origin = `http://localhost:${(server.address() as AddressInfo).port}`
  installFetch()
})

afterAll(() => server.close())

useMemoryCache()

beforeEach(() => {
  requests = 0
  const { promise, resolve } = Promise.withResolvers<void>()
  gate = promise
  release = resolve
})

function context(phase: RequestContext['phase'] = 'render'): RequestContext {
  return createContext(phase, 'somewhere', contextRequest())
}

/** What a fetch in a request of its own gets. */
async function get(init?: RequestInit, { target = '/', phase = 'render' as const } = {}) {
  return runInContext(context(phase), async () => (await fetch(origin + target, init)).text())
}

test.for<[RequestInit | undefined, boolean]>([
  [undefined, false],
  [{}, false],
  [{ next: { tags: ['a'] } }, false],
  [{ cache: 'no-store' }, false],
  [{ cache: 'default' }, false],
  [{ next: { revalidate: 0 } }, false],
  [{ cache: 'force-cache' }, true],
  [{ next: { revalidate: 60 } }, true],
  [{ next: { revalidate: false } }, true],
])('with %j an answer is kept: %j', async ([init, isKept]) => {
  await get(init)
  expect(await get(init)).toBe(isKept ? '1 ' : '2 ')
})

test.for<[RequestInit, RequestInit, boolean]>([
  [{ cache: 'no-store' }, {}, false],
  [{ cache: 'no-store' }, { next: { revalidate: 60 } }, false],
  [{ cache: 'force-cache' }, {}, true],
  [{ cache: 'force-cache' }, { cache: 'no-store' }, false],
  [{ cache: 'no-store' }, { cache: 'force-cache' }, true],
])(
  'for a Request of %j, and with %j beside it, an answer is kept: %j',
  async ([of, init, isKept]) => {
    const read = async () => (await fetch(new Request(origin, of), init)).text()
    await runInContext(context(), read)
    expect(await runInContext(context(), read)).toBe(isKept ? '1 ' : '2 ')
  },
)

test('a page for a Request that asks for a new answer is for one request', async () => {
  const page = context()
  await runInContext(page, () => fetch(new Request(origin, { cache: 'no-store' })))
  expect(page.dependencies.readsRequest).toBe("fetch() with cache: 'no-store'")
})

/** A fetch of its own request, which waits for one that all share. */
function wait(signal?: AbortSignal, input: string | Request = `${origin}/slow`): Promise<string> {
  const init: RequestInit = { next: { revalidate: 60 }, ...(signal && { signal }) }
  return runInContext(context(), async () => (await fetch(input, init)).text())
}

test('who stops waiting does so alone', async () => {
  const reason = new Error('gone')
  const [one, other] = [new AbortController(), new AbortController()]
  const request = new Request(`${origin}/slow`, { signal: other.signal })
  const waits = [wait(one.signal), wait(undefined, request), wait()]
  await vi.waitFor(() => expect(requests).toBe(1))
  one.abort(reason)
  other.abort(reason)
  await expect(waits[0]).rejects.toBe(reason)
  await expect(waits[1]).rejects.toBe(reason)
  release()
  expect(await waits[2]).toBe('1 ')
  expect(await wait(new AbortController().signal)).toBe('1 ')
})

test('who has stopped before asks for nothing', async () => {
  const reason = new Error('gone')
  await expect(wait(AbortSignal.abort(reason))).rejects.toBe(reason)
  expect(requests).toBe(0)
})

test('too many tags are an error, and an answer of which a tag is ignored is not kept', async () => {
  const tags = Array.from({ length: 129 }, (_, i) => `tag ${i}`)
  await expect(get({ next: { revalidate: 60, tags } })).rejects.toThrow(
    `fetch("${origin}/") has 129 tags; the limit is 128`,
  )
  const warn = vi.spyOn(process, 'emitWarning').mockReturnValue()
  const init: RequestInit = { next: { revalidate: 60, tags: ['x'.repeat(257)] } }
  expect([await get(init), await get(init)]).toEqual(['1 ', '2 '])
  expect(warn).toHaveBeenCalled()
  warn.mockRestore()
})

test('the same holds in a server function', async () => {
  const inFunction = (init?: RequestInit) =>
    runInContext(context('function'), async () => (await fetch(origin, init)).text())
  expect([await inFunction(), await inFunction()]).toEqual(['1 ', '2 '])
  const init = { cache: 'force-cache' } as const
  expect([await inFunction(init), await inFunction(init)]).toEqual(['3 ', '3 '])
})

test('outside of a request nothing is kept', async () => {
  const read = async () => (await fetch(origin, { cache: 'force-cache' })).text()
  expect([await read(), await read()]).toEqual(['1 ', '2 '])
})

test('method, address, headers and body tell answers apart; trace headers do not', async () => {
  const next = { revalidate: 60 }
  const requestsOf: RequestInit[] = [
    {},
    { method: 'POST', body: 'a' },
    { method: 'POST', body: 'b' },
    { headers: { authorization: 'ada' } },
    { headers: { authorization: 'bob' } },
  ]
  const all = () => Promise.all(requestsOf.map((init) => get({ ...init, next })))
  const first = await all()
  expect(new Set(first).size).toBe(5)
  expect(await all()).toEqual(first)
  expect(await get({ next, headers: { traceparent: 'x' } })).toBe(first[0])
  expect(await get({ next }, { target: '/other' })).toBe('6 ')
})

test('a kept answer has its status, headers, address and bytes', async () => {
  const body = new Uint8Array(256).map((_, i) => i)
  const init: RequestInit = { method: 'POST', body, cache: 'force-cache' }
  const read = () => runInContext(context(), () => fetch(`${origin}/x?status=201`, init))
  await read()
  const kept = await read()
  expect([kept.status, kept.url]).toEqual([201, `${origin}/x?status=201`])
  expect(kept.headers.get('x-user')).toBe('nobody')
  expect(await kept.text()).toBe(`1 ${Buffer.from(body).toString()}`)
  const empty = () =>
    runInContext(context(), () => fetch(`${origin}/?status=204`, { cache: 'force-cache' }))
  await empty()
  expect((await empty()).status).toBe(204)
})

test('a failure is not kept', async () => {
  const init = { cache: 'force-cache' } as const
  const target = '/?status=503'
  expect([await get(init, { target }), await get(init, { target })]).toEqual(['1 ', '2 '])
})

test('its tags are those of the page, and invalidate it', async () => {
  const init: RequestInit = { next: { revalidate: 60, tags: ['a'] } }
  const page = context()
  await runInContext(page, () => fetch(origin, init))
  expect([...page.dependencies.tags]).toEqual(['a'])
  const call = context('function')
  runInContext(call, () => updateTag('a'))
  await tellInvalidations(call)
  expect(await get(init)).toBe('2 ')
})

test('a page that asks for a new answer is for one request; cached work is not', async () => {
  const page = context()
  await runInContext(page, () => fetch(origin, { cache: 'no-store' }))
  expect(page.dependencies.readsRequest).toBe("fetch() with cache: 'no-store'")
  const other = context()
  const read = cache(async () => (await fetch(origin, { cache: 'no-store' })).text(), 'id', 'name')
  await runInContext(other, read)
  expect(other.dependencies.readsRequest).toBeNull()
})

test('a form is sent each time: its text is never the same twice', async () => {
  const form = new FormData()
  form.set('a', 'b')
  const init: RequestInit = { method: 'POST', body: form, cache: 'force-cache' }
  expect(await get(init)).toMatch(/^1 /)
  expect(await get(init)).toMatch(/^2 /)
})

test('what is wrong with a request rejects, as without a cache', async () => {
  const wrong: [string, RequestInit][] = [
    ['/relative', { next: { revalidate: 60 } }],
    [origin, { next: { revalidate: -1 } }],
  ]
  for (const [url, init] of wrong) {
    const answer = runInContext(context(), () => fetch(url, init))
    await expect(answer).rejects.toThrow()
  }
})
